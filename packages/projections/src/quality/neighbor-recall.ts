import { checkOptions } from '@latentkit/core/options';
import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import { type Points, requireKind } from '../points.ts';
import { runPieces } from '../work.ts';
import { NEIGHBOR_RULES, type NeighborOptions, openSpaces } from './space.ts';

/**
 * The share of each point's k nearest in the data that are among its k nearest in the map: `sum |N_i and M_i| / (n k)`.
 *
 * 1 is best; a random map has about `k / (n - 1)`. Lee and Verleysen, Quality assessment of dimensionality reduction:
 * rank-based criteria, Neurocomputing 72 (2009), as `Q_NX(k)`.
 *
 * @param metric of the data; distances in the map are euclidean.
 * @throws `E_RANGE` unless `1 <= k < n`; `E_SHAPE`, `E_NOT_FINITE`, `E_LIMIT`.
 * @example
 * await neighborRecall(points, { data: embedding, count: points.count, dimensions: 2 }, { k: 12 });
 */
export async function neighborRecall(
  points: Points,
  embedding: Points,
  options: NeighborOptions = {},
): Promise<number> {
  checkOptions('neighborRecall', options, NEIGHBOR_RULES);
  requireKind(points, 'neighborRecall');
  const { k = 12, metric } = options;
  const all = [points.count, `the ${points.count} points`] as const;
  const { data, map } = await openSpaces('neighborRecall', [points, embedding], { k, metric }, all);
  return runPieces(
    (function* () {
      return sharedNeighbors(yield* data.neighbors(k), yield* map.neighbors(k));
    })(),
  );
}

/** The share of neighbours in the first graph that are neighbours of the same point in the second, in any order. */
export function sharedNeighbors(first: NeighborGraph, second: NeighborGraph): number {
  const { count, k } = first;
  let shared = 0;
  for (let i = 0; i < count; i++) {
    const others = new Set(second.indices.subarray(i * second.k, (i + 1) * second.k));
    for (const index of first.indices.subarray(i * k, (i + 1) * k)) if (others.has(index)) shared++;
  }
  return shared / (count * k);
}
