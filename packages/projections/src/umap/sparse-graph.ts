/** A weighted graph as the rows of a sparse matrix. */
export interface SparseGraph {
  /** Points. */
  readonly count: number;
  /** `[count + 1]`: row i is entries `offsets[i]` to `offsets[i + 1]`. */
  readonly offsets: Int32Array;
  /** Column of each entry. */
  readonly indices: Int32Array;
  /** Weight of each entry, 0 to 1. */
  readonly weights: Float32Array;
}
