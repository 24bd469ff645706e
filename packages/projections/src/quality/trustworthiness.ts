import { checkOptions } from '@latentkit/core/options';
import { type Points, requireKind } from '../points.ts';
import { runPieces } from '../work.ts';
import { NEIGHBOR_RULES, type NeighborOptions, openSpaces } from './space.ts';

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

/** How well the k nearest in one space rank in the other: `rankScore`. */
export async function rankNeighbors(
  where: 'trustworthiness' | 'continuity',
  points: Points,
  embedding: Points,
  options: NeighborOptions,
): Promise<number> {
  checkOptions(where, options, NEIGHBOR_RULES);
  requireKind(points, where);
  const { k = 12, metric } = options;
  const half = [points.count / 2, `half of the ${points.count} points`] as const;
  const { data, map } = await openSpaces(where, [points, embedding], { k, metric }, half);
  const [near, ranked] = where === 'trustworthiness' ? [map, data] : [data, map];
  return runPieces(
    (function* () {
      const { indices } = yield* near.neighbors(k);
      return rankScore(yield* ranked.ranks(indices), k);
    })(),
  );
}

/**
 * `1 - 2 / (n k (2 n - 3 k - 1)) * sum max(0, rank - k)`: 1 if all ranks are k at most, 0 if they are the worst possible.
 *
 * @param ranks of the k neighbours of each of n points, `[n, k]`.
 */
export function rankScore(ranks: Int32Array, k: number): number {
  const count = ranks.length / k;
  let excess = 0;
  for (const rank of ranks) excess += Math.max(0, rank - k);
  return 1 - (2 / (count * k * (2 * count - 3 * k - 1))) * excess;
}
