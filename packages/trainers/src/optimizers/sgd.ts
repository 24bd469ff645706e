import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer, UpdateFormula } from './optimizer.ts';

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
    return { rule: { name: 'sgd', slots: [] }, coefficients: ({ learningRate }) => [learningRate] };
  }
  return {
    rule: { name: nesterov ? 'nesterov' : 'momentum', slots: ['velocity'] },
    coefficients: ({ learningRate }) => [momentum, learningRate],
  };
}

export const updateBySgd: UpdateFormula = (parameter, gradient, _, [rate]) => ({
  parameter: tf.sub(parameter, tf.mul(gradient, rate!)),
  slots: [],
});

export const updateByMomentum: UpdateFormula = (parameter, gradient, [velocity], [momentum, rate]) => {
  const next = tf.add(tf.mul(velocity!, momentum!), gradient);
  return { parameter: tf.sub(parameter, tf.mul(next, rate!)), slots: [next] };
};

export const updateByNesterov: UpdateFormula = (parameter, gradient, [velocity], [momentum, rate]) => {
  const next = tf.add(tf.mul(velocity!, momentum!), gradient);
  const direction = tf.add(gradient, tf.mul(next, momentum!));
  return { parameter: tf.sub(parameter, tf.mul(direction, rate!)), slots: [next] };
};
