import * as tf from '@tensorflow/tfjs-core';
import { activate } from './activation.ts';
import { convolutionAttributes } from './convolution.ts';
import type { Layer } from './layer.ts';
import { runProduct } from './layer-product.ts';

/**
 * The transpose of a strided convolution, plus bias and activation; x `[batch, height, width, in]`, kernel
 * `[height, width, out, in]`, bias `[out]`, y `[batch, ...outputShape]`, any size whose `ceil(size / stride)` is x's.
 */
export const transposedConvolution: Layer = (x, kernel, bias, options) => {
  const attributes = convolutionAttributes(options.stride);
  return runProduct(
    {
      forward: (input, filter, b, activation) => {
        const inputShape = [input.shape[0]!, ...options.outputShape];
        const product: tf.Tensor = tf
          .engine()
          .runKernel(tf.Conv2DBackpropInput, { dy: input, filter }, { ...attributes, inputShape });
        return activate(tf.add(product, b), activation);
      },
      inputGradient: (dz, filter) => tf.engine().runKernel(tf.Conv2D, { x: dz, filter }, attributes),
      kernelGradient: (input, dz, filterShape) =>
        tf.engine().runKernel(tf.Conv2DBackpropFilter, { x: dz, dy: input }, { ...attributes, filterShape }),
    },
    x,
    kernel,
    bias,
    options,
  );
};
