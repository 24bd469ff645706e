import type { Points } from '../points.ts';
import type { NeighborOptions } from './open-spaces.ts';
import { rankNeighbors } from './rank-neighbors.ts';

/**
 * Trustworthiness: whether the neighbours in the map are neighbours in the data.
 *
 * `1 - 2 / (n k (2 n - 3 k - 1)) * sum over i and its k nearest j in the map of max(0, r(i, j) - k)`, where `r(i, j)` is
 * the rank of j among all other points by distance from i in the data: 1 for the nearest, of equally near points those of
 * lower index first. 1 is best; a random map has about 0.5.
 *
 * Venna and Kaski, Neighborhood preservation in nonlinear projection methods, ICANN 2001; the numbers are those of
 * scikit-learn's `trustworthiness` where distances do not tie.
 *
 * @param metric of the data; distances in the map are euclidean.
 * @throws `E_RANGE` unless `1 <= k < n / 2`; `E_SHAPE`, `E_NOT_FINITE`, `E_LIMIT`.
 * @example
 * await trustworthiness(points, { data: embedding, count: points.count, dimensions: 2 }, { k: 12 });
 */
export async function trustworthiness(
  points: Points,
  embedding: Points,
  options: NeighborOptions = {},
): Promise<number> {
  return rankNeighbors('trustworthiness', points, embedding, options);
}
