import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';

/** The share of points whose label most of their neighbours have; of labels with as many, the nearest neighbour's counts. */
export function voteShare({ count, k, indices }: NeighborGraph, labels: ArrayLike<number>): number {
  let right = 0;
  const votes = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    votes.clear();
    for (const j of indices.subarray(i * k, (i + 1) * k)) {
      votes.set(labels[j]!, (votes.get(labels[j]!) ?? 0) + 1);
    }
    // In the order of their nearest members: the first of the most votes.
    let [winner, most] = [Number.NaN, 0];
    for (const [label, count] of votes) if (count > most) [winner, most] = [label, count];
    if (winner === labels[i]) right++;
  }
  return right / count;
}
