import { portableLog } from '@latentkit/core';
import { createKernelMemory } from '@latentkit/kernels';
import { createNeighborKernels } from '@latentkit/kernels/neighbors';
import { createNnKernels } from '@latentkit/kernels/nn';
import { createTsneKernels } from '@latentkit/kernels/tsne';
import { exactSearch } from '../neighbors/exact-search.ts';
import { placedDimensions, placePoints } from '../neighbors/place-points.ts';
import { finish } from '../pca/work.ts';
import type { Points } from '../points.ts';
import type { TsnePlan } from './plan-tsne.ts';
import { scopedMemory } from './scoped-memory.ts';

/** Places new points, `[count, 2]`, on a map of others, `[points.count, 2]`. */
export type PlaceNewPoints = (newPoints: Points, map: Float32Array) => Float32Array;

export type PlacingPlan = Pick<TsnePlan, 'k' | 'metric' | 'perplexity' | 'theta' | 'memoryBudget'>;

const STEPS = 300;
const TOLERANCE = 1e-3;

/**
 * Makes ready to place new points on maps of `points`, without waiting, each for itself.
 *
 * A new point has affinities to its neighbours among `points` as these have to theirs, begins at the place of the nearest, and moves downhill on
 * the divergence of its similarities to all points from them.
 */
export async function preparePlacing(
  points: Points,
  { k, metric, perplexity, theta, memoryBudget }: PlacingPlan,
): Promise<PlaceNewPoints> {
  const { memory, freeAll } = scopedMemory(createKernelMemory({ maxBytes: Math.min(memoryBudget, 2 ** 32) }));
  const [nn, neighbors, tsne] = await Promise.all([
    createNnKernels(memory),
    createNeighborKernels(memory),
    createTsneKernels(memory),
  ]);

  function searchNeighbors(queries: Points) {
    const dimensions = placedDimensions(metric, points, queries);
    const placed = placePoints({ memory, nn, neighbors }, metric, dimensions, points, queries);
    const search = exactSearch({ memory, nn, neighbors }, { ...placed, k, halve: metric === 'cosine' });
    const graph = finish(search);
    freeAll();
    return graph;
  }

  function place(newPoints: Points, map: Float32Array): Float32Array {
    const { indices, distances } = searchNeighbors(newPoints);
    const edges = newPoints.count * k;
    const numbers = (length: number) => memory.allocate(4 * length);
    const [from, p, columns] = [numbers(edges), numbers(edges), numbers(edges)];
    const [places, others] = [numbers(map.length + 2), numbers(2 * newPoints.count)];
    const scratch = memory.allocate(Math.max(tsne.settleScratch(points.count), 4 * (k + 3)));
    const { buffer } = memory.memory;
    new Float32Array(buffer, from, edges).set(distances);
    tsne.affinities(from, newPoints.count, k, portableLog(perplexity), p, scratch);
    new Uint32Array(buffer, columns, edges).set(indices.map((j) => 8 * j));
    new Float32Array(buffer, places, map.length).set(map);
    tsne.settle(
      {
        ...{ places, count: points.count, theta, others, otherCount: newPoints.count, k, columns, p },
        ...{ steps: STEPS, tolerance: TOLERANCE },
      },
      scratch,
    );
    return new Float32Array(buffer, others, 2 * newPoints.count).slice();
  }

  return (newPoints, map) => {
    if (k === 0) return Float32Array.from({ length: 2 * newPoints.count }, (_, at) => map[at % 2]!);
    try {
      return place(newPoints, map);
    } finally {
      freeAll();
    }
  };
}
