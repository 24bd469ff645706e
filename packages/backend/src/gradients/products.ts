import type { GradConfig, NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { gradientOf, unbroadcast } from './gradient.ts';

const run = (kernelName: string, inputs: NamedTensorMap, attributes: object) =>
  tf.engine().runKernel(kernelName, inputs, attributes as tf.NamedAttrMap) as Tensor;

export const productGradients: readonly GradConfig[] = [
  gradientOf<tf.BatchMatMulAttrs>(
    tf.BatchMatMul,
    { inputs: ['a', 'b'] },
    (dy, [a, b], { transposeA: isA, transposeB: isB }) => ({
      a: () => unbroadcast(isA ? tf.matMul(b!, dy, isB, true) : tf.matMul(dy, b!, false, !isB), a!.shape),
      b: () => unbroadcast(isB ? tf.matMul(dy, a!, true, isA) : tf.matMul(a!, dy, !isA, false), b!.shape),
    }),
  ),
  gradientOf<object>(tf.Conv2D, { inputs: ['x', 'filter'] }, (dy, [x, filter], attributes) => ({
    x: () => run(tf.Conv2DBackpropInput, { dy, filter: filter! }, { ...attributes, inputShape: x!.shape }),
    filter: () => run(tf.Conv2DBackpropFilter, { x: x!, dy }, { ...attributes, filterShape: filter!.shape }),
  })),
  gradientOf<object>(
    tf.Conv2DBackpropInput,
    { inputs: ['dy', 'filter'] },
    (ddx, [dy, filter], attributes) => ({
      dy: () => run(tf.Conv2D, { x: ddx, filter: filter! }, { dilations: 1, ...attributes }),
      filter: () =>
        run(tf.Conv2DBackpropFilter, { x: ddx, dy: dy! }, { ...attributes, filterShape: filter!.shape }),
    }),
  ),
  gradientOf<object>(
    tf.DepthwiseConv2dNative,
    { inputs: ['x', 'filter'] },
    (dy, [x, filter], attributes) => ({
      x: () =>
        run(
          tf.DepthwiseConv2dNativeBackpropInput,
          { dy, filter: filter! },
          { ...attributes, inputShape: x!.shape },
        ),
      filter: () =>
        run(
          tf.DepthwiseConv2dNativeBackpropFilter,
          { x: x!, dy },
          { ...attributes, filterShape: filter!.shape },
        ),
    }),
  ),
  gradientOf<object>(tf.MaxPool, { inputs: ['x'], output: true }, (dy, [x, y], attributes) => ({
    x: () => run(tf.MaxPoolGrad, { dy, input: x!, output: y! }, attributes),
  })),
];
