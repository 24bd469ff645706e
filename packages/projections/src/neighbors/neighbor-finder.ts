import { LatentkitError } from '@latentkit/core';
import type { KernelMemory } from '@latentkit/kernels';
import type { Points } from '../points.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import { placedDimensions, placePoints } from './place-points.ts';
import { createPointMemory } from './point-memory.ts';
import { searchBytes, searchPlaced } from './search-placed.ts';

/** Finds the nearest of some points for other points, all at once. */
export type NeighborFinder = (queries: Points) => NeighborGraph;

export interface NeighborFinderOptions {
  /** Neighbours of each query; at most as many as there are points. */
  k: number;
  metric: 'euclidean' | 'cosine';
  /** Refuses to take more memory. */
  maxBytes: number;
}

// Queries that go through the search together.
const QUERIES_A_CHUNK = 4096;

/**
 * A search of `createNeighborSearch` for new points that does not have to be waited for, with the same neighbours.
 *
 * @returns a function that throws `E_LIMIT` when a search exceeds `maxBytes`. The points are read at each call.
 */
export async function createNeighborFinder(
  points: Points,
  { k, metric, maxBytes }: NeighborFinderOptions,
): Promise<NeighborFinder> {
  const on = await createPointMemory(maxBytes, 0);

  function search(queries: Points): NeighborGraph {
    const dimensions = placedDimensions(metric, points, queries);
    const size = ({ count }: Points) => ({ count, dimensions });
    const bytes = searchBytes(size(points), size(queries), k);
    if (bytes > maxBytes) {
      throw new LatentkitError('E_LIMIT', `transform: ${bytes} bytes exceed the limit of ${maxBytes}`, {
        fix: 'Raise memoryBudget',
      });
    }
    const { memory, freeAll } = trackBlocks(on.memory);
    try {
      const placed = placePoints({ ...on, memory }, metric, dimensions, points, queries);
      const pieces = searchPlaced({ ...on, memory }, placed, { k, halve: metric === 'cosine' });
      for (;;) {
        const { done, value } = pieces.next();
        if (done) return value;
      }
    } finally {
      freeAll();
    }
  }

  return ({ data, count, dimensions }) => {
    const indices = new Int32Array(count * k);
    const distances = new Float32Array(count * k);
    for (let first = 0; first < count; first += QUERIES_A_CHUNK) {
      const end = Math.min(count, first + QUERIES_A_CHUNK);
      const chunk = data.subarray(first * dimensions, end * dimensions);
      const found = search({ data: chunk, count: end - first, dimensions });
      indices.set(found.indices, first * k);
      distances.set(found.distances, first * k);
    }
    return { count, k, indices, distances };
  };
}

/** A memory that remembers what it gave, to free it all. */
function trackBlocks(memory: KernelMemory): { memory: KernelMemory; freeAll(): void } {
  const blocks = new Set<number>();
  return {
    memory: {
      memory: memory.memory,
      allocate(bytes) {
        const pointer = memory.allocate(bytes);
        blocks.add(pointer);
        return pointer;
      },
      free(pointer) {
        memory.free(pointer);
        blocks.delete(pointer);
      },
    },
    freeAll() {
      for (const pointer of [...blocks].reverse()) memory.free(pointer);
    },
  };
}
