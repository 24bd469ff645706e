import type { GradConfig, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { gradientOf, isAtMost, sumKept } from './gradient.ts';

type Axes = number | number[] | null | undefined;

const axesOf = (axis: Axes, { shape }: Tensor) =>
  tf.util.parseAxisParam(axis ?? shape.map((_, i) => i), shape);

/** What was reduced, with its axes back, of size 1. */
function asKept(reduced: Tensor, x: Tensor, axes: readonly number[]): Tensor {
  return tf.reshape(
    reduced,
    x.shape.map((size, i) => (axes.includes(i) ? 1 : size)),
  );
}

const spread = (dy: Tensor, x: Tensor, axes: readonly number[]) =>
  tf.mul(asKept(dy, x, axes), tf.ones(x.shape));

/** Of a maximum or minimum: every number that is it has all of the gradient, as in tfjs. */
const ofExtreme = (kernelName: string, distance: (x: Tensor, y: Tensor) => Tensor) =>
  gradientOf<{ reductionIndices?: Axes; axis?: Axes }>(
    kernelName,
    { inputs: ['x'], output: true },
    (dy, [x, y], { reductionIndices, axis }) => {
      const axes = axesOf(reductionIndices ?? axis, x!);
      return { x: () => tf.mul(asKept(dy, x!, axes), isAtMost(distance(x!, asKept(y!, x!, axes)))) };
    },
  );

export const reductionGradients: readonly GradConfig[] = [
  gradientOf<{ axis: Axes }>(tf.Sum, { inputs: ['x'] }, (dy, [x], { axis }) => ({
    x: () => spread(dy, x!, axesOf(axis, x!)),
  })),
  gradientOf<{ axis: Axes }>(tf.Mean, { inputs: ['x'] }, (dy, [x], { axis }) => ({
    x: () => {
      const axes = axesOf(axis, x!);
      const count = axes.reduce((product, i) => product * x!.shape[i]!, 1);
      return spread(tf.div(dy, count), x!, axes);
    },
  })),
  ofExtreme(tf.Max, (x, y) => tf.sub(y, x)),
  ofExtreme(tf.Min, (x, y) => tf.sub(x, y)),
  gradientOf<tf.SoftmaxAttrs>(tf.Softmax, { output: true }, (dy, [y], { dim }) => ({
    logits: () => tf.mul(y!, tf.sub(dy, sumKept(tf.mul(dy, y!), axesOf(dim, y!)))),
  })),
];
