import type { Points } from '../points.ts';
import type { NeighborGraph } from './neighbor-graph.ts';

export interface NeighborSearchOptions {
  /** Neighbours of each point; fewer than there are points. */
  k: number;
  metric?: 'euclidean' | 'cosine';
  /** Points whose neighbours among `points` are looked for, none of which is left out; by default the points themselves. */
  queries?: Points;
}

/** A search that goes step by step. */
export interface NeighborSearch {
  /** Share that is done. */
  readonly fraction: number;
  /** All that was found; undefined before the end. */
  readonly graph: NeighborGraph | undefined;
  /** Does a bounded piece of work; nothing once there is a graph. */
  step(): void;
}

/** Exact nearest neighbours. */
export async function createNeighborSearch(
  points: Points,
  { k, metric = 'euclidean', queries }: NeighborSearchOptions,
): Promise<NeighborSearch> {
  const { data, dimensions } = points;
  const asked = queries ?? points;
  const { count } = asked;
  const indices = new Int32Array(count * k);
  const distances = new Float32Array(count * k);
  let next = 0;
  const row = (of: Points, i: number) => of.data.subarray(i * dimensions, (i + 1) * dimensions);
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, d) => sum + x * b[d]!, 0);
  const distance = (a: Float32Array, b: Float32Array) => {
    if (metric === 'cosine') return 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += (a[d]! - b[d]!) ** 2;
    return Math.sqrt(sum);
  };
  return {
    get fraction() {
      return next / count;
    },
    get graph() {
      return next < count ? undefined : { count, k, indices, distances };
    },
    step() {
      if (next >= count) return;
      const found = Array.from({ length: data.length / dimensions }, (_, j) => ({
        j,
        distance: distance(row(asked, next), row(points, j)),
      }))
        .filter(({ j }) => queries !== undefined || j !== next)
        .sort((a, b) => a.distance - b.distance || a.j - b.j);
      for (let i = 0; i < k; i++) {
        indices[next * k + i] = found[i]!.j;
        distances[next * k + i] = found[i]!.distance;
      }
      next++;
    },
  };
}
