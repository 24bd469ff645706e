import { portableExp } from '@latentkit/core';
import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import { smoothDistances } from './smooth-distances.ts';

/**
 * Strengths of the edges from points `first` to `end` to their neighbours, `exp(-max(0, d - rho) / sigma)`.
 *
 * @param weights `[count, k]`, which receives them.
 */
export function fillMemberships(
  { k, distances }: NeighborGraph,
  weights: Float32Array,
  localConnectivity: number,
  first: number,
  end: number,
): void {
  for (let i = first; i < end; i++) {
    const row = distances.subarray(i * k, (i + 1) * k);
    const { rho, sigma } = smoothDistances(row, localConnectivity);
    for (let j = 0; j < k; j++) {
      const beyond = row[j]! - rho;
      weights[i * k + j] = beyond <= 0 ? 1 : portableExp(-beyond / sigma);
    }
  }
}
