import { oneOf, type SpecOf } from '@latentkit/core/schema';
import { withGradient } from '@latentkit/losses/ops';
import * as tf from '@tensorflow/tfjs-core';

export const activationSchema = oneOf(['linear', 'relu', 'leakyRelu', 'tanh']);

/** What follows a hidden layer's product and bias. LeakyReLU's slope below zero is 0.2. */
export type Activation = SpecOf<typeof activationSchema>;

/** Of LeakyReLU, below zero. */
export const LEAKY_SLOPE = 0.2;

/** The part of an activation that tfjs's fused kernels do. */
export const FUSED: Record<Activation, tf.fused.Activation> = {
  linear: 'linear',
  relu: 'relu',
  leakyRelu: 'leakyrelu',
  tanh: 'linear',
};

/** `activation(x)`. */
export function activate<T extends tf.Tensor>(x: T, activation: Activation): T {
  if (activation === 'relu') return tf.relu(x);
  if (activation === 'leakyRelu') return tf.leakyRelu(x, LEAKY_SLOPE);
  return finishFused(x, activation);
}

/** What a fused kernel leaves undone. */
export function finishFused<T extends tf.Tensor>(x: T, activation: Activation): T {
  return activation === 'tanh' ? tf.tanh(x) : x;
}

/** `dy activation'(x)`, from the activation's output `y` alone. */
export function activationGradient<T extends tf.Tensor>(dy: T, y: T, activation: Activation): T {
  if (activation === 'relu') return tf.mul(dy, tf.step(y));
  if (activation === 'leakyRelu') return tf.mul(dy, tf.step(y, LEAKY_SLOPE));
  if (activation === 'tanh') return tf.mul(dy, tf.sub(1, tf.square(y)));
  return dy;
}

/** `activation(x)`, a node of its own on the tape. */
export function activated(x: tf.Tensor, activation: Activation): tf.Tensor {
  if (activation === 'linear') return x; // a node must give another tensor than it takes
  return withGradient([x], (save) => {
    const value = activate(x, activation);
    save([value]);
    return { value, gradient: (dy, [y]) => [activationGradient(dy, y!, activation)] };
  });
}
