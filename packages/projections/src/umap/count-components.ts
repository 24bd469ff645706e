import type { SparseGraph } from './sparse-graph.ts';

/** Connected parts of a graph whose edges go both ways; entries of weight 0 are no edges. */
export function countComponents({ count, offsets, indices, weights }: SparseGraph): number {
  const isSeen = new Uint8Array(count);
  const queue = new Int32Array(count);
  let components = 0;
  for (let start = 0; start < count; start++) {
    if (isSeen[start]) continue;
    components++;
    isSeen[start] = 1;
    queue[0] = start;
    for (let next = 0, end = 1; next < end; next++) {
      const i = queue[next]!;
      for (let e = offsets[i]!; e < offsets[i + 1]!; e++) {
        const j = indices[e]!;
        if (isSeen[j] || weights[e] === 0) continue;
        isSeen[j] = 1;
        queue[end++] = j;
      }
    }
  }
  return components;
}
