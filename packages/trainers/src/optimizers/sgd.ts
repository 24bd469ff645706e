import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizer.ts';

export interface SgdSpec {
  readonly name: 'sgd';
  readonly momentum?: number;
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent: `p -= rate * g`; with momentum `v = momentum v + g` and `p -= rate * v`, or Nesterov's
 * `p -= rate * (g + momentum v)`, as PyTorch writes them.
 *
 * @see Sutskever et al.: "On the importance of initialization and momentum in deep learning" (2013), equations 1 to 4
 */
export function createSgd({ momentum = 0, nesterov = false }: Partial<SgdSpec> = {}): Optimizer {
  if (momentum === 0) {
    return {
      slots: [],
      rule: { name: 'sgd', slots: [] },
      coefficients: ({ learningRate }) => [learningRate],
      update: (parameter, gradient, _, { learningRate }) => ({
        parameter: tf.sub(parameter, tf.mul(gradient, learningRate)),
        slots: [],
      }),
    };
  }
  const slots = ['velocity'];
  return {
    slots,
    rule: { name: nesterov ? 'nesterov' : 'momentum', slots },
    coefficients: ({ learningRate }) => [momentum, learningRate],
    update(parameter, gradient, [velocity], { learningRate }) {
      const next = tf.add(tf.mul(velocity!, momentum), gradient);
      const direction = nesterov ? tf.add(gradient, tf.mul(next, momentum)) : next;
      return { parameter: tf.sub(parameter, tf.mul(direction, learningRate)), slots: [next] };
    },
  };
}
