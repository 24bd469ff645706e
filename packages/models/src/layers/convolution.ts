import * as tf from '@tensorflow/tfjs-core';
import type { LayerPlan } from '../layer-plan.ts';
import { FUSED, finishFused, LEAKY_SLOPE } from './activation.ts';
import type { LayerKind } from './layer-kind.ts';
import { runProduct } from './layer-product.ts';

/** tfjs's attributes for a convolution that pads to `ceil(size / stride)`. */
export function convolutionAttributes({ stride = 1 }: LayerPlan) {
  return { strides: [stride, stride], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };
}

/** `convolution 3 x 3, stride 2`. */
export function describeConvolution(name: string, { parameters, stride = 1 }: LayerPlan): string {
  const [height, width] = parameters.kernel!.shape;
  return `${name} ${height} x ${width}${stride > 1 ? `, stride ${stride}` : ''}`;
}

/**
 * `y = activation(x * kernel + bias)`, a strided convolution padded with zeros; x `[batch, height, width, in]`,
 * kernel `[height, width, in, out]`, bias `[out]`, y `[batch, ceil(height / stride), ceil(width / stride), out]`.
 */
export const convolution: LayerKind = {
  type: 'convolution',
  describe: (plan) => describeConvolution('convolution', plan),
  apply(x, plan, context) {
    const attributes = convolutionAttributes(plan);
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
          tf
            .engine()
            .runKernel(tf.Conv2DBackpropFilter, { x: input, dy: dz }, { ...attributes, filterShape }),
      },
      x,
      plan,
      context,
    );
  },
};
