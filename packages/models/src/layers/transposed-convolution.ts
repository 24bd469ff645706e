import * as tf from '@tensorflow/tfjs-core';
import { activate } from './activation.ts';
import { convolutionAttributes, describeConvolution } from './convolution.ts';
import type { LayerKind } from './layer-kind.ts';
import { runProduct } from './layer-product.ts';

/**
 * The transpose of a strided convolution, plus bias and activation; x `[batch, height, width, in]`, kernel
 * `[height, width, out, in]`, bias `[out]`, y `[batch, ...outputShape]`, any size whose `ceil(size / stride)` is x's.
 */
export const transposedConvolution: LayerKind = {
  type: 'transposedConvolution',
  describe: (plan) => describeConvolution('transposed convolution', plan),
  apply(x, plan, context) {
    const attributes = convolutionAttributes(plan);
    return runProduct(
      {
        forward: (input, filter, b, activation) => {
          const inputShape = [input.shape[0]!, ...plan.outputShape];
          const product: tf.Tensor = tf
            .engine()
            .runKernel(tf.Conv2DBackpropInput, { dy: input, filter }, { ...attributes, inputShape });
          return activate(tf.add(product, b), activation);
        },
        inputGradient: (dz, filter) => tf.engine().runKernel(tf.Conv2D, { x: dz, filter }, attributes),
        kernelGradient: (input, dz, filterShape) =>
          tf
            .engine()
            .runKernel(tf.Conv2DBackpropFilter, { x: dz, dy: input }, { ...attributes, filterShape }),
      },
      x,
      plan,
      context,
    );
  },
};
