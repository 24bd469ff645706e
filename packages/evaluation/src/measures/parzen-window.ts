import { LatentkitError } from '@latentkit/core';
import { above, checkOptions, needed, type OptionRules } from '@latentkit/core/options';
import { requireVectors, type Vectors } from './points.ts';

export interface ParzenOptions {
  /** In the units of the vectors; {@link fitBandwidth} finds the best. */
  bandwidth: number;
}

const RULES: OptionRules<ParzenOptions> = { bandwidth: needed(above(0)) };

/**
 * The log density of vectors by a Parzen window: a normal distribution of one bandwidth about each of some centres, in equal parts,
 * `log p(x) = log 1/n sum over i of N(x; c_i, bandwidth^2 I)`.
 *
 * Of images drawn by a model it is a number of models that give no density, and a crude one: in hundreds of dimensions it speaks of
 * the nearest centre alone, so that only figures of as many centres compare. In float64.
 *
 * @param centres `[n, dimensions]`, drawn of a model.
 * @returns nats, one a vector.
 * @throws `E_SHAPE` for vectors of two lengths; `E_RANGE` for a bandwidth that is not above 0; as all measures for what are no vectors.
 * @see Breuleux, Bengio & Vincent: "Quickly generating representative samples from an RBM-derived process" (2011), section 4;
 * Theis, van den Oord & Bethge: "A note on the evaluation of generative models" (2016), section 3.2, for how little it says
 * @example
 * const one = { data: new Float64Array([0, 0]), count: 1, dimensions: 2 };
 * parzenLogDensities(one, one, { bandwidth: 1 }); // [-1.8379], which is -log 2 pi
 */
export function parzenLogDensities(vectors: Vectors, centres: Vectors, options: ParzenOptions): Float64Array {
  requirePair('parzenLogDensities', vectors, centres);
  checkOptions('parzenLogDensities', options, RULES);
  const { bandwidth } = options;
  const { dimensions } = vectors;
  const distances = squaredDistances(vectors, centres);
  const constant = Math.log(centres.count) + dimensions * Math.log(bandwidth * Math.sqrt(2 * Math.PI));
  return Float64Array.from({ length: vectors.count }, (_, i) => {
    const own = distances.subarray(i * centres.count, (i + 1) * centres.count);
    const nearest = own.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
    const precision = 1 / (2 * bandwidth ** 2);
    const sum = own.reduce((total, one) => total + Math.exp((nearest - one) * precision), 0);
    return Math.log(sum) - nearest * precision - constant;
  });
}

/** Below it vectors would have to be centres, to the last digit. */
const LEAST = 1e-3;
const ENOUGH = 1e-6;
const MOST_STEPS = 200;

/**
 * The bandwidth of a Parzen window that gives vectors the greatest density in the mean: the one of maximum likelihood, by expectation
 * maximisation, `bandwidth^2 = 1 / (count dimensions) sum over x and i of p(i | x) |x - c_i|^2`.
 *
 * @param vectors others than those that are to be measured by it.
 * @returns in the units of the vectors; at least 0.001.
 * @throws as {@link parzenLogDensities}.
 * @example
 * const bandwidth = fitBandwidth(heldOut, drawn);
 * parzenLogDensities(tested, drawn, { bandwidth });
 */
export function fitBandwidth(vectors: Vectors, centres: Vectors): number {
  requirePair('fitBandwidth', vectors, centres);
  const distances = squaredDistances(vectors, centres);
  const numbers = vectors.count * vectors.dimensions;
  // begins above: with all centres as near as in the mean
  let variance = distances.reduce((sum, one) => sum + one, 0) / (numbers * centres.count);
  for (let step = 0; step < MOST_STEPS; step++) {
    const before = variance;
    variance = Math.max(LEAST ** 2, expectedDistance(distances, centres.count, before) / numbers);
    if (Math.abs(variance - before) <= ENOUGH * before) break;
  }
  return Math.max(LEAST, Math.sqrt(variance));
}

/** The sum over vectors of the squared distance to the centre that each may be of. */
function expectedDistance(distances: Float64Array, centres: number, variance: number): number {
  const precision = 1 / (2 * variance);
  let total = 0;
  for (let first = 0; first < distances.length; first += centres) {
    const own = distances.subarray(first, first + centres);
    const nearest = own.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
    let [weights, sum] = [0, 0];
    for (const one of own) {
      const weight = Math.exp((nearest - one) * precision);
      weights += weight;
      sum += weight * one;
    }
    total += sum / weights;
  }
  return total;
}

/** `[vectors, centres]`: `|x|^2 + |c|^2 - 2 x c`. All vectors see four centres, which stay at hand, before the next four come. */
function squaredDistances({ data: x, count, dimensions }: Vectors, { data: c, count: n }: Vectors) {
  const squaresOf = (data: Vectors['data'], rows: number) =>
    Float64Array.from({ length: rows }, (_, row) => {
      let sum = 0;
      for (let k = row * dimensions; k < (row + 1) * dimensions; k++) sum += data[k]! ** 2;
      return sum;
    });
  const [own, ofCentres] = [squaresOf(x, count), squaresOf(c, n)];
  const distances = new Float64Array(count * n);
  for (let j = 0; j < n; j += 4) {
    // the last few lie on the last centre: sums that are not kept
    const [p, q, r, s] = [0, 1, 2, 3].map((k) => Math.min(j + k, n - 1) * dimensions) as Quad;
    for (let i = 0; i < count; i++) {
      const at = i * dimensions;
      let [a, b, d, e] = [0, 0, 0, 0];
      for (let k = 0; k < dimensions; k++) {
        const value = x[at + k]!;
        a += value * c[p + k]!;
        b += value * c[q + k]!;
        d += value * c[r + k]!;
        e += value * c[s + k]!;
      }
      const products = [a, b, d, e];
      for (let k = 0; k < Math.min(4, n - j); k++)
        distances[i * n + j + k] = Math.max(0, own[i]! + ofCentres[j + k]! - 2 * products[k]!);
    }
  }
  return distances;
}

type Quad = [number, number, number, number];

function requirePair(where: string, vectors: Vectors, centres: Vectors): void {
  requireVectors(where, vectors, 'vectors', 1);
  requireVectors(where, centres, 'centres', 1);
  if (vectors.dimensions === centres.dimensions) return;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: expected vectors and centres of one length, got ${vectors.dimensions} and ${centres.dimensions} numbers`,
  );
}
