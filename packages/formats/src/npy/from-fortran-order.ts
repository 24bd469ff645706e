import type { NumberArray } from '../arrays/number-array.ts';

/** Turns numbers stored with the first axis running fastest into row-major ones of the same shape. */
export function fromFortranOrder<Data extends NumberArray>(data: Data, shape: readonly number[]): Data {
  const out = data.slice() as Data;
  const strides: number[] = [];
  let stride = 1;
  for (const size of shape) {
    strides.push(stride);
    stride *= size;
  }
  const index = shape.map(() => 0);
  let source = 0;
  for (let target = 0; target < out.length; target++) {
    out[target] = data[source]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      source += strides[axis]!;
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      source -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}
