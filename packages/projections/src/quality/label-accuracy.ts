import { checkOptions } from '@latentkit/core/options';
import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import { type Points, requirePoints } from '../points.ts';
import { runPieces } from '../work.ts';
import { QUALITY_RULES, requireK, requireLabels } from './check.ts';
import { createSpace } from './space.ts';

/**
 * How well labels can be told from the map: the share of points whose own label is the one that most of their k nearest
 * in the map have, themselves left out. Of labels with as many votes, that of the nearest neighbour counts. A label below 0
 * is no class (noise, as clusterings mark it): such points are not counted and have no vote.
 *
 * @param labels one number a point.
 * @throws `E_RANGE` unless `1 <= k < n`; `E_SHAPE`, `E_NOT_FINITE`, `E_LIMIT`.
 * @example
 * await labelAccuracy({ data: embedding, count: labels.length, dimensions: 2 }, labels, { k: 12 });
 */
export async function labelAccuracy(
  embedding: Points,
  labels: ArrayLike<number>,
  options: { k?: number } = {},
): Promise<number> {
  const where = 'labelAccuracy';
  checkOptions(where, options, { k: QUALITY_RULES.k });
  const { k = 12 } = options;
  requirePoints(embedding, where);
  requireLabels(labels, embedding.count, where);
  requireK(k, embedding.count, `the ${embedding.count} points`, where);
  const map = await createSpace(embedding, { k, where });
  return voteShare(await runPieces(map.neighbors(k)), labels);
}

/**
 * The share of points whose label most of their neighbours have; of labels with as many, the nearest neighbour's counts.
 * NaN where no point has a class.
 */
export function voteShare({ count, k, indices }: NeighborGraph, labels: ArrayLike<number>): number {
  let [right, counted] = [0, 0];
  const votes = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    if (labels[i]! < 0) continue;
    counted++;
    votes.clear();
    for (const j of indices.subarray(i * k, (i + 1) * k)) {
      if (labels[j]! >= 0) votes.set(labels[j]!, (votes.get(labels[j]!) ?? 0) + 1);
    }
    // In the order of their nearest members: the first of the most votes.
    let [winner, most] = [Number.NaN, 0];
    for (const [label, count] of votes) if (count > most) [winner, most] = [label, count];
    if (winner === labels[i]) right++;
  }
  return right / counted;
}
