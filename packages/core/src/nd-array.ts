/** A dense array outside any tensor library: row-major numbers and their shape. */
export interface NdArray<Data = Float32Array> {
  readonly shape: readonly number[];
  readonly data: Data;
}

/** Arrays by name: a model's weights, an optimizer's moments, a file's content. */
export type NamedArrays<Data = Float32Array> = Readonly<Record<string, NdArray<Data>>>;

/** Numbers in an array of this shape; 1 for a scalar's `[]`. */
export function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
