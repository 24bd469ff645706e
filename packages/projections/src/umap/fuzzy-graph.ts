import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import { intersectLabels } from './intersect-labels.ts';
import { fillMemberships } from './memberships.ts';
import type { SparseGraph } from './sparse-graph.ts';
import { symmetrize } from './symmetrize.ts';
import type { UmapSettings } from './umap-options.ts';

const POINTS_A_STEP = 1000;

/**
 * The fuzzy graph of the points, undirected: memberships of their neighbours, united, and weakened between labels; yields
 * after pieces of bounded length.
 *
 * @param neighbors undefined for a point alone.
 * @see McInnes, Healy, Melville: "UMAP" (2018), arXiv:1802.03426, algorithm 2
 */
export function* fuzzyGraph(
  neighbors: NeighborGraph | undefined,
  {
    localConnectivity,
    setOpMixRatio,
    labels,
    targetWeight,
  }: Pick<UmapSettings, 'localConnectivity' | 'setOpMixRatio' | 'labels' | 'targetWeight'>,
): Generator<void, SparseGraph> {
  if (!neighbors) {
    return {
      count: 1,
      offsets: new Int32Array(2),
      indices: new Int32Array(0),
      weights: new Float32Array(0),
    };
  }
  const { count, k, indices } = neighbors;
  const weights = new Float32Array(count * k);
  for (let first = 0; first < count; first += POINTS_A_STEP) {
    fillMemberships(neighbors, weights, localConnectivity, first, Math.min(count, first + POINTS_A_STEP));
    yield;
  }
  const offsets = Int32Array.from({ length: count + 1 }, (_, i) => i * k);
  const graph = yield* symmetrize({ count, offsets, indices, weights }, setOpMixRatio);
  if (!labels) return graph;
  yield;
  return yield* intersectLabels(graph, labels, targetWeight);
}
