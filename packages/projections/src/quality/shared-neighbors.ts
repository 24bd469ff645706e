import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';

/** The share of neighbours in the first graph that are neighbours of the same point in the second, in any order. */
export function sharedNeighbors(first: NeighborGraph, second: NeighborGraph): number {
  const { count, k } = first;
  let shared = 0;
  for (let i = 0; i < count; i++) {
    const others = new Set(second.indices.subarray(i * second.k, (i + 1) * second.k));
    for (const index of first.indices.subarray(i * k, (i + 1) * k)) if (others.has(index)) shared++;
  }
  return shared / (count * k);
}
