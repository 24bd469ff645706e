import { LatentkitError, type NdArray, sizeOfShape } from '@latentkit/core';

/**
 * An array with its axes in another order: axis `i` of the result is axis `order[i]` of the array.
 *
 * @example
 * permute({ shape: [2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) }, [1, 0]); // shape [3, 2], data 0, 3, 1, 4, 2, 5
 */
export function permute({ shape, data }: NdArray, order: readonly number[]): NdArray {
  if (order.length !== shape.length || new Set(order).size !== shape.length) {
    throw new LatentkitError(
      'E_SHAPE',
      `permute: expected an order of ${shape.length} axes, got [${order.join(', ')}]`,
    );
  }
  const strides = shape.map((_, axis) => sizeOfShape(shape.slice(axis + 1)));
  const sizes = order.map((axis) => shape[axis]!);
  const steps = order.map((axis) => strides[axis]!);
  const out = new Float32Array(data.length);
  const index = new Array<number>(sizes.length).fill(0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from]!;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++index[axis]! < sizes[axis]!) break;
      from -= steps[axis]! * sizes[axis]!;
      index[axis] = 0;
    }
  }
  return { shape: sizes, data: out };
}

/** The order that undoes an order. */
export function inverseOf(order: readonly number[]): number[] {
  return order.map((_, axis) => order.indexOf(axis));
}
