import * as tf from '@tensorflow/tfjs-core';
import { FUSED, finishFused, LEAKY_SLOPE } from './activation.ts';
import type { Layer } from './layer.ts';
import { runProduct } from './layer-product.ts';

/** tfjs's attributes for a convolution that pads to `ceil(size / stride)`. */
export function convolutionAttributes(stride: number) {
  return { strides: [stride, stride], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };
}

/**
 * `y = activation(x * kernel + bias)`, a strided convolution padded with zeros; x `[batch, height, width, in]`,
 * kernel `[height, width, in, out]`, bias `[out]`, y `[batch, ceil(height / stride), ceil(width / stride), out]`.
 */
export const convolution: Layer = (x, kernel, bias, options) => {
  const attributes = convolutionAttributes(options.stride);
  return runProduct(
    {
      forward: (input, filter, b, activation) => {
        const fused = { ...attributes, activation: FUSED[activation], leakyreluAlpha: LEAKY_SLOPE };
        const product: tf.Tensor = tf
          .engine()
          .runKernel(tf.FusedConv2D, { x: input, filter, bias: b }, fused);
        return finishFused(product, activation);
      },
      inputGradient: (dz, filter, inputShape) =>
        tf.engine().runKernel(tf.Conv2DBackpropInput, { dy: dz, filter }, { ...attributes, inputShape }),
      kernelGradient: (input, dz, filterShape) =>
        tf.engine().runKernel(tf.Conv2DBackpropFilter, { x: input, dy: dz }, { ...attributes, filterShape }),
    },
    x,
    kernel,
    bias,
    options,
  );
};
