/** The nearest neighbours of each of some points. */
export interface NeighborGraph {
  /** Points that were asked for. */
  readonly count: number;
  /** Neighbours of each. */
  readonly k: number;
  /** `[count, k]`, nearest first, of equal distances the lower index first; a point is not its own neighbour. */
  readonly indices: Int32Array;
  /** `[count, k]`: euclidean distances (not squared), or cosine distances `1 - cos`. */
  readonly distances: Float32Array;
}
