import { sizeOfShape } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { defineLowering, type Lowered } from './lowering.ts';

type Axes = number | number[] | null | undefined;

/** A reduction over neighbouring dimensions, in a fixed order; over any others it is left to tfjs. */
function lowerReduction(
  kind: 'sum' | 'max',
  x: tf.TensorInfo,
  axis: Axes,
  keepDims = false,
): Lowered | undefined {
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
  return { operation: { kind, outer, reduce, inner }, inputs: [x], shape };
}

/** `tf.sum`. */
export const sumKernel = defineLowering<{ x: tf.TensorInfo }, { axis: Axes; keepDims?: boolean }>(
  tf.Sum,
  ({ x }, { axis, keepDims }) => lowerReduction('sum', x, axis, keepDims),
);

/** `tf.max`. */
export const maxKernel = defineLowering<{ x: tf.TensorInfo }, { reductionIndices: Axes; keepDims?: boolean }>(
  tf.Max,
  ({ x }, { reductionIndices, keepDims }) => lowerReduction('max', x, reductionIndices, keepDims),
);
