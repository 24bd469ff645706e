import type { Points } from '../points.ts';
import { type NeighborOptions, openSpaces } from './open-spaces.ts';
import { rankScore } from './rank-score.ts';
import { runPieces } from './run-pieces.ts';

/** How well the k nearest in one space rank in the other: `rankScore`. */
export async function rankNeighbors(
  where: 'trustworthiness' | 'continuity',
  points: Points,
  embedding: Points,
  { k = 12, metric }: NeighborOptions,
): Promise<number> {
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
