import { portableLog } from '@latentkit/core';
import type { KernelMemory } from '@latentkit/kernels';
import { createKernelMemory } from '@latentkit/kernels';
import { createNeighborKernels } from '@latentkit/kernels/neighbors';
import { createNnKernels } from '@latentkit/kernels/nn';
import { createTsneKernels } from '@latentkit/kernels/tsne';
import { exactSearch } from '../neighbors/exact-search.ts';
import { placedDimensions, placePoints } from '../neighbors/place-points.ts';
import { finish } from '../pca/work.ts';
import type { Points } from '../points.ts';
import type { TsnePlan } from './plan-tsne.ts';

/** Places new points, `[count, 2]`, on a map of others, `[points.count, 2]`. */
export type PlaceNewPoints = (newPoints: Points, map: Float32Array) => Float32Array;

export type PlacingPlan = Pick<TsnePlan, 'k' | 'metric' | 'perplexity' | 'theta' | 'memoryBudget'>;

const STEPS = 300;
const TOLERANCE = 1e-3;

/**
 * Makes ready to place new points on maps of `points`, without waiting, each for itself.
 *
 * A new point has affinities to its neighbours among `points` as these have to theirs, begins at the mean of their places weighted by them, and moves downhill on the
 * divergence.
 */
export async function preparePlacing(
  points: Points,
  { k, metric, perplexity, theta, memoryBudget }: PlacingPlan,
): Promise<PlaceNewPoints> {
  const { memory, freeAll } = scoped(createKernelMemory({ maxBytes: Math.min(memoryBudget, 2 ** 32) }));
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
    const affinities = new Float32Array(buffer, p, edges);
    new Uint32Array(buffer, columns, edges).set(indices.map((j) => 8 * j));
    new Float32Array(buffer, places, map.length).set(map);
    const placed = new Float32Array(buffer, others, 2 * newPoints.count);
    placed.set(weightedMeans(indices, affinities, map, k));
    tsne.settle(
      {
        ...{ places, count: points.count, theta, others, otherCount: newPoints.count, k, columns, p },
        ...{ inverseZ: 0, steps: STEPS, tolerance: TOLERANCE },
      },
      scratch,
    );
    return placed.slice();
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

/** The mean of each point's neighbours' places, weighted by its affinities. */
function weightedMeans(
  indices: Int32Array,
  affinities: Float32Array,
  map: Float32Array,
  k: number,
): Float32Array {
  const means = new Float32Array((2 * indices.length) / k);
  for (let i = 0; i < means.length; i += 2) {
    let x = 0;
    let y = 0;
    for (let at = (i / 2) * k; at < (i / 2 + 1) * k; at++) {
      x += affinities[at]! * map[2 * indices[at]!]!;
      y += affinities[at]! * map[2 * indices[at]! + 1]!;
    }
    means[i] = x;
    means[i + 1] = y;
  }
  return means;
}

/** A memory that frees all it gave at once. */
function scoped(memory: KernelMemory): { memory: KernelMemory; freeAll(): void } {
  const taken = new Set<number>();
  return {
    memory: {
      memory: memory.memory,
      allocate(bytes) {
        const pointer = memory.allocate(bytes);
        taken.add(pointer);
        return pointer;
      },
      free(pointer) {
        memory.free(pointer);
        taken.delete(pointer);
      },
    },
    freeAll() {
      for (const pointer of taken) memory.free(pointer);
      taken.clear();
    },
  };
}
