import type { Points } from '../points.ts';
import type { NeighborOptions } from './open-spaces.ts';
import { rankNeighbors } from './rank-neighbors.ts';

/**
 * Continuity: whether neighbours in the data are still neighbours in the map.
 *
 * `1 - 2 / (n k (2 n - 3 k - 1)) * sum over i and its k nearest j in the data of max(0, r(i, j) - k)`, where `r(i, j)` is
 * the rank of j among all other points by distance from i in the map: trustworthiness with data and map exchanged. 1 is
 * best.
 *
 * Venna and Kaski, Neighborhood preservation in nonlinear projection methods, ICANN 2001.
 *
 * @param metric of the data; distances in the map are euclidean.
 * @throws `E_RANGE` unless `1 <= k < n / 2`; `E_SHAPE`, `E_NOT_FINITE`, `E_LIMIT`.
 * @example
 * await continuity(points, { data: embedding, count: points.count, dimensions: 2 }, { k: 12 });
 */
export async function continuity(
  points: Points,
  embedding: Points,
  options: NeighborOptions = {},
): Promise<number> {
  return rankNeighbors('continuity', points, embedding, options);
}
