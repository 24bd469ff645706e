import * as tf from '@tensorflow/tfjs-core';
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

/** One node on tfjs's tape for product, bias and activation, which needs no gradient registered anywhere. */
export function withGradient(
  { forward, inputGradient, kernelGradient }: LayerProduct,
  x: tf.Tensor,
  kernel: tf.Tensor,
  bias: tf.Tensor,
  { activation, inputGradient: wanted = true }: LayerOptions,
): tf.Tensor {
  const parameterGradients = (input: tf.Tensor, dz: tf.Tensor) => [
    kernelGradient(input, dz, kernel.shape),
    biasGradient(dz, bias.shape),
  ];
  if (!wanted) {
    return tf.customGrad((...args) => {
      const [k, b, save] = args as unknown as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
      const value = forward(x, k, b, activation);
      save([value]);
      return {
        value,
        gradFunc: (dy: tf.Tensor, [y]: tf.Tensor[]) =>
          parameterGradients(x, activationGradient(dy, y!, activation)),
      };
    })(kernel, bias);
  }
  return tf.customGrad((...args) => {
    const [input, k, b, save] = args as unknown as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const value = forward(input, k, b, activation);
    save([input, k, value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedInput, savedKernel, y] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
        const dz = activationGradient(dy, y, activation);
        return [inputGradient(dz, savedKernel, savedInput.shape), ...parameterGradients(savedInput, dz)];
      },
    };
  })(x, kernel, bias);
}
