import { portableExp } from '@latentkit/core';
import type { SparseGraph } from './sparse-graph.ts';
import { symmetrize } from './symmetrize.ts';

// As in umap-learn: edges between a point of unknown label and any other lose this much.
const UNKNOWN_DISTANCE = 1;
const farDistance = (targetWeight: number) => (targetWeight < 1 ? 2.5 / (1 - targetWeight) : 1e12);

/**
 * Weakens the edges between points of different labels: times `exp(-2.5 / (1 - targetWeight))`, or `exp(-1)` where a label
 * is unknown (-1). Then rows are scaled to a largest weight of 1, as before, and united.
 *
 * @see McInnes, Healy, Melville: umap-learn, `discrete_metric_simplicial_set_intersection`
 */
export function* intersectLabels(
  { count, offsets, indices, weights }: SparseGraph,
  labels: ArrayLike<number>,
  targetWeight: number,
): Generator<void, SparseGraph> {
  const unknown = portableExp(-UNKNOWN_DISTANCE);
  const different = portableExp(-farDistance(targetWeight));
  const directed = weights.slice();
  for (let i = 0; i < count; i++) {
    let largest = 0;
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) {
      const [own, other] = [labels[i]!, labels[indices[e]!]!];
      if (own === -1 || other === -1) directed[e]! *= unknown;
      else if (own !== other) directed[e]! *= different;
      largest = Math.max(largest, directed[e]!);
    }
    if (largest === 0) continue;
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) directed[e]! /= largest;
  }
  yield;
  return yield* symmetrize({ count, offsets, indices, weights: directed });
}
