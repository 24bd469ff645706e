import { portableLog } from '@latentkit/core';
import { createKernelMemory } from '@latentkit/kernels';
import { createTsneKernels } from '@latentkit/kernels/tsne';
import { createNeighborFinder } from '../neighbors/neighbor-finder.ts';
import type { Points } from '../points.ts';
import type { TsnePlan } from './tsne-parts.ts';

/** Places new points, `[count, 2]`, on a map of others, `[points.count, 2]`. */
export type PlaceNewPoints = (newPoints: Points, map: Float32Array) => Float32Array;

export type PlacingPlan = Pick<TsnePlan, 'k' | 'metric' | 'perplexity' | 'theta' | 'memoryBudget'>;

const STEPS = 300;
const TOLERANCE = 1e-3;

/**
 * Makes ready to place new points on maps of `points`, without waiting, each for itself.
 *
 * A new point has affinities to its neighbours among `points` as these have to theirs, begins at the place of the
 * nearest, and moves downhill on the divergence of its similarities to all points from them.
 */
export async function preparePlacing(
  points: Points,
  { k, metric, perplexity, theta, memoryBudget }: PlacingPlan,
): Promise<PlaceNewPoints> {
  const maxBytes = Math.min(memoryBudget, 2 ** 32);
  const memory = createKernelMemory({ maxBytes });
  const [findNeighbors, tsne] = await Promise.all([
    createNeighborFinder(points, { k, metric, maxBytes }),
    createTsneKernels(memory),
  ]);

  return (newPoints, map) => {
    const { count } = newPoints;
    if (k === 0) return Float32Array.from({ length: 2 * count }, (_, at) => map[at % 2]!);
    const { indices, distances } = findNeighbors(newPoints);
    const scratchBytes = Math.max(tsne.settleScratch(points.count), 4 * (k + 3));
    const block = memory.allocate(4 * (3 * count * k + map.length + 2 * count) + scratchBytes);
    let next = block;
    const numbers = (length: number) => {
      const pointer = next;
      next += 4 * length;
      return pointer;
    };
    const [from, p, columns] = [numbers(count * k), numbers(count * k), numbers(count * k)];
    const [places, others, scratch] = [numbers(map.length), numbers(2 * count), numbers(0)];
    const { buffer } = memory.memory;
    new Float32Array(buffer, from, count * k).set(distances);
    tsne.affinities(from, count, k, portableLog(perplexity), p, scratch);
    new Uint32Array(buffer, columns, count * k).set(indices.map((j) => 8 * j));
    new Float32Array(buffer, places, map.length).set(map);
    tsne.settle(
      {
        ...{ places, count: points.count, theta, others, otherCount: count, k, columns, p },
        ...{ steps: STEPS, tolerance: TOLERANCE },
      },
      scratch,
    );
    memory.free(block);
    return new Float32Array(buffer, others, 2 * count).slice();
  };
}
