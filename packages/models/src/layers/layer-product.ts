import { withGradient } from '@latentkit/losses/ops';
import type * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../model-spec.ts';
import { activationGradient } from './activation.ts';
import { biasGradient } from './bias-gradient.ts';
import type { LayerOptions } from './layer.ts';

/** A layer's product and its two gradients; `dz` is the gradient at the product. */
export interface LayerProduct {
  /** `activation(product(x, kernel) + bias)`. */
  forward(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor, activation: Activation): tf.Tensor;
  inputGradient(dz: tf.Tensor, kernel: tf.Tensor, xShape: number[]): tf.Tensor;
  kernelGradient(x: tf.Tensor, dz: tf.Tensor, kernelShape: number[]): tf.Tensor;
}

/**
 * One node on tfjs's tape for product, bias and activation, which needs no gradient registered anywhere.
 *
 * Where `options.inputGradient` is false, x is a constant to the tape.
 */
export function runProduct(
  { forward, inputGradient, kernelGradient }: LayerProduct,
  x: tf.Tensor,
  kernel: tf.Tensor,
  bias: tf.Tensor,
  { activation, inputGradient: wanted = true }: LayerOptions,
): tf.Tensor {
  return withGradient(wanted ? [x, kernel, bias] : [kernel, bias], (save) => {
    const value = forward(x, kernel, bias, activation);
    save([x, kernel, value]);
    const gradient = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [input, weights, y] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
      const dz = activationGradient(dy, y, activation);
      const ofParameters = [kernelGradient(input, dz, kernel.shape), biasGradient(dz, bias.shape)];
      return wanted ? [inputGradient(dz, weights, x.shape), ...ofParameters] : ofParameters;
    };
    return { value, gradient };
  });
}
