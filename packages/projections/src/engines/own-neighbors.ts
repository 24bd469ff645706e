import type { NeighborGraph } from '../neighbors/neighbor-graph.ts';

/** Neighbours as umap-js wants them: each point itself first, at distance 0. */
export interface OwnNeighbors {
  /** `[count, k + 1]` */
  readonly indices: Int32Array;
  /** `[count, k + 1]` */
  readonly distances: Float32Array;
}

/** Puts each point before its k neighbours. */
export function withOwn({ count, k, indices, distances }: NeighborGraph): OwnNeighbors {
  const width = k + 1;
  const all = { indices: new Int32Array(count * width), distances: new Float32Array(count * width) };
  for (let i = 0; i < count; i++) {
    all.indices[i * width] = i;
    all.indices.set(indices.subarray(i * k, (i + 1) * k), i * width + 1);
    all.distances.set(distances.subarray(i * k, (i + 1) * k), i * width + 1);
  }
  return all;
}
