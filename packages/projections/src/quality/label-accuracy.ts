import { type Points, requirePoints } from '../points.ts';
import { requireK } from './require-k.ts';
import { requireLabels } from './require-labels.ts';
import { runPieces } from './run-pieces.ts';
import { createSpace } from './space.ts';
import { voteShare } from './vote-share.ts';

/**
 * How well labels can be told from the map: the share of points whose own label is the one that most of their k nearest
 * in the map have, themselves left out. Of labels with as many votes, that of the nearest neighbour counts.
 *
 * @param labels one number a point.
 * @throws `E_RANGE` unless `1 <= k < n`; `E_SHAPE`, `E_NOT_FINITE`, `E_LIMIT`.
 * @example
 * await labelAccuracy({ data: embedding, count: labels.length, dimensions: 2 }, labels, { k: 12 });
 */
export async function labelAccuracy(
  embedding: Points,
  labels: ArrayLike<number>,
  { k = 12 }: { k?: number } = {},
): Promise<number> {
  const where = 'labelAccuracy';
  requirePoints(embedding, where);
  requireLabels(labels, embedding.count, where);
  requireK(k, embedding.count, `the ${embedding.count} points`, where);
  const map = await createSpace(embedding, { k, where });
  return voteShare(await runPieces(map.neighbors(k)), labels);
}
