import { type NdArray, sizeOfShape } from '@latentkit/core';
import { inverseOf, permute } from './permute.ts';

/** `[height, width, channels]` to `[channels, height, width]`. */
const PLANES = [2, 0, 1];
/**
 * Kernels of both kinds of convolution: `[height, width, in, out]` to `[out, in, height, width]`, and of the transposed one
 * `[height, width, out, in]` to `[in, out, height, width]`.
 */
const KERNEL = [3, 2, 0, 1];

export type Direction = 'there' | 'back';

const turned = (order: readonly number[], direction: Direction) =>
  direction === 'there' ? order : inverseOf(order);

/** A convolution's kernel as programs have it that keep channels first; or back. */
export function turnKernel(kernel: NdArray, direction: Direction): NdArray {
  return permute(kernel, turned(KERNEL, direction));
}

/**
 * An axis of an array that counts the numbers of an image, in the order of images whose channels come first; or back.
 *
 * @param axis the axis; the others stay.
 * @param image `[height, width, channels]`.
 */
export function turnAxis(
  array: NdArray,
  axis: number,
  image: readonly number[],
  direction: Direction,
): NdArray {
  const order = turned(PLANES, direction);
  const sizes = direction === 'there' ? image : PLANES.map((one) => image[one]!);
  const before = array.shape.slice(0, axis);
  const after = array.shape.slice(axis + 1);
  const split = { shape: [sizeOfShape(before), ...sizes, sizeOfShape(after)], data: array.data };
  const { data } = permute(split, [0, ...order.map((one) => one + 1), 4]);
  return { shape: array.shape, data };
}
