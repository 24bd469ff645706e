import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';
import type { Points } from '../points.ts';

/** Nearest neighbours by all distances in float64, sorted: the oracle of the fast searches. */
export function naiveNeighbors(
  points: Points,
  { k, metric = 'euclidean', queries }: { k: number; metric?: 'euclidean' | 'cosine'; queries?: Points },
): NeighborGraph {
  const { dimensions } = points;
  const asked = queries ?? points;
  const rowsOf = (of: Points) =>
    Array.from({ length: of.count }, (_, i) => of.data.subarray(i * dimensions, (i + 1) * dimensions));
  const [rows, askedRows] = [rowsOf(points), rowsOf(asked)];
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
    const from = rows.map((row) => distance(askedRows[i]!, row));
    const found = [...from.keys()]
      .filter((j) => queries !== undefined || j !== i)
      .sort((a, b) => from[a]! - from[b]! || a - b);
    for (let place = 0; place < k; place++) {
      indices[i * k + place] = found[place]!;
      distances[i * k + place] = from[found[place]!]!;
    }
  }
  return { count: asked.count, k, indices, distances };
}

/** The nearest `k` of more that were found: those come first. */
export function firstNeighbors(
  { count, k: found, indices, distances }: NeighborGraph,
  k: number,
): NeighborGraph {
  const isAmong = (_: number, i: number) => i % found < k;
  return { count, k, indices: indices.filter(isAmong), distances: distances.filter(isAmong) };
}
