import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import type { Points } from '../points.ts';

/** Nearest neighbours by all distances in float64, sorted: the oracle of the fast searches. */
export function naiveNeighbors(
  points: Points,
  { k, metric = 'euclidean', queries }: { k: number; metric?: 'euclidean' | 'cosine'; queries?: Points },
): NeighborGraph {
  const { data, dimensions } = points;
  const asked = queries ?? points;
  const row = (of: Points, i: number) => of.data.subarray(i * dimensions, (i + 1) * dimensions);
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, d) => sum + x * b[d]!, 0);
  const distance = (a: Float32Array, b: Float32Array) => {
    if (metric === 'cosine') {
      const [aa, bb] = [dot(a, a), dot(b, b)];
      if (aa === 0 || bb === 0) return aa === bb ? 0 : 1;
      // Half the squared chord, which is 1 - cos and keeps its digits where that is small.
      return a.reduce((sum, x, d) => sum + (x / Math.sqrt(aa) - b[d]! / Math.sqrt(bb)) ** 2 / 2, 0);
    }
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += (a[d]! - b[d]!) ** 2;
    return Math.sqrt(sum);
  };
  const indices = new Int32Array(asked.count * k);
  const distances = new Float32Array(asked.count * k);
  for (let i = 0; i < asked.count; i++) {
    const found = Array.from({ length: data.length / dimensions }, (_, j) => ({
      j,
      distance: distance(row(asked, i), row(points, j)),
    }))
      .filter(({ j }) => queries !== undefined || j !== i)
      .sort((a, b) => a.distance - b.distance || a.j - b.j);
    for (let place = 0; place < k; place++) {
      indices[i * k + place] = found[place]!.j;
      distances[i * k + place] = found[place]!.distance;
    }
  }
  return { count: asked.count, k, indices, distances };
}
