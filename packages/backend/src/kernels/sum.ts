import { sizeOfShape } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { defineLowering } from './lowering.ts';

/** `tf.sum` over neighbouring dimensions, in a fixed order; over any others it is left to tfjs. */
export const sumKernel = defineLowering<
  { x: tf.TensorInfo },
  { axis: number | number[] | null; keepDims?: boolean }
>(tf.Sum, ({ x }, { axis, keepDims = false }) => {
  const axes = tf.util.parseAxisParam(axis ?? x.shape.map((_, i) => i), x.shape).sort((i, j) => i - j);
  const [first = 0] = axes;
  const end = first + axes.length;
  if (x.dtype !== 'float32' || axes.some((one, i) => one !== first + i)) return undefined;
  const shape = x.shape.flatMap((size, i) => {
    if (i < first || i >= end) return [size];
    return keepDims ? [1] : [];
  });
  const outer = sizeOfShape(x.shape.slice(0, first));
  const reduce = sizeOfShape(x.shape.slice(first, end));
  const inner = sizeOfShape(x.shape.slice(end));
  return { operation: { kind: 'sum', outer, reduce, inner }, inputs: [x], shape };
});
