import { portableExp, portableLog } from '@latentkit/core';

/** How distances from a point become memberships: `exp(-max(0, d - rho) / sigma)`. */
export interface Smoothing {
  /** Distance that is taken for none. */
  readonly rho: number;
  /** Bandwidth. */
  readonly sigma: number;
}

// umap-learn's MIN_K_DIST_SCALE: sigma is at least this share of the mean distance.
const LEAST_SIGMA = 1e-3;
const TOLERANCE = 1e-9;
const MOST_ROUNDS = 64;

/**
 * Rho and sigma of one point: rho the distance of its nearest neighbour that is not at distance 0, sigma such that
 * `sum_j exp(-max(0, d_j - rho) / sigma) = log2(neighbors)`.
 *
 * The sum is convex in `1 / sigma`, so Newton's method from 0 climbs to the root without passing it: the root that
 * umap-learn bisects for, in fewer exponentials. Where none exists (too many neighbours within rho), and as a lower
 * bound, sigma is a thousandth of the mean distance.
 *
 * @param distances ascending, of `neighbors - 1` neighbours: the point itself, which counts, is not among them.
 * @param localConnectivity how many neighbours, not at distance 0, are taken to be at none; between whole numbers rho
 * is interpolated.
 * @see McInnes, Healy, Melville: "UMAP" (2018), arXiv:1802.03426, algorithm 3
 */
export function smoothDistances(distances: Float32Array, localConnectivity: number): Smoothing {
  const rho = nearestDistance(distances, localConnectivity);
  const target = portableLog(distances.length + 1) / Math.LN2;
  let mean = 0;
  for (let j = 0; j < distances.length; j++) mean += distances[j]! / distances.length;
  return { rho, sigma: Math.max(bandwidth(distances, rho, target), LEAST_SIGMA * mean) };
}

/** The distance of the `connectivity`-th neighbour that is not at distance 0, the 0-th being at 0. */
function nearestDistance(distances: Float32Array, connectivity: number): number {
  let zeros = 0;
  while (zeros < distances.length && distances[zeros] === 0) zeros++;
  const last = distances.length - zeros;
  if (last === 0) return 0;
  if (connectivity >= last) return distances[zeros + last - 1]!;
  const whole = Math.floor(connectivity);
  const below = whole === 0 ? 0 : distances[zeros + whole - 1]!;
  return below + (connectivity - whole) * (distances[zeros + whole]! - below);
}

/** The sigma of the sum; 0 where even that of 0 is too large, infinity where that of infinity is too small. */
function bandwidth(distances: Float32Array, rho: number, target: number): number {
  let within = 0;
  while (within < distances.length && distances[within]! <= rho) within++;
  if (within >= target) return within === distances.length ? 1 : 0;
  if (distances.length <= target) return Number.MAX_VALUE;
  let inverse = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let sum = within;
    let slope = 0;
    for (let j = within; j < distances.length; j++) {
      const d = distances[j]! - rho;
      const term = portableExp(-d * inverse);
      sum += term;
      slope += d * term;
    }
    if (sum - target < TOLERANCE || slope === 0) break;
    inverse += (sum - target) / slope;
  }
  return 1 / inverse;
}
