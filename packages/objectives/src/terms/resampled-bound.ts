import { importanceWeighted } from '@latentkit/losses';
import { add, reshape, scale, stopGradient, subtract } from '@latentkit/losses/ops';
import type { Model, Pass } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';
import { drawByWeight } from '../draw-by-weight.ts';
import type { Term } from '../term.ts';
import { bound, logWeightsOf } from './bound.ts';

/**
 * The importance-weighted bound of k samples, whose gradient is that of one of them, drawn in proportion to its weight: the same in
 * the mean, `E_{i ~ w} grad log w_i = sum over i of w_i grad log w_i`, with more noise, for k forward passes and a single backward one.
 *
 * @see Burda et al.: "Importance weighted autoencoders" (2016), equation 14, of whose sum one is drawn
 */
export function resampledBound(model: Model): Term {
  return {
    ...bound(),
    noise: { chosen: { distribution: 'uniform', shape: [1] } },
    evaluate(pass) {
      const logWeights = stopGradient(logWeightsOf(pass));
      const one = passOfOne(model, pass, logWeights);
      const score = scale(reshape<tf.Tensor1D>(logWeightsOf(one), [pass.batch]), -1);
      // The value is that of all; what is added is zero, and has the gradient of the one.
      return add(importanceWeighted(logWeights), subtract(score, stopGradient(score)));
    },
  };
}

/** A pass of the noise that was drawn by its weight; state is heard of the pass of all. */
function passOfOne(model: Model, { batch, samples, context }: Pass, logWeights: tf.Tensor2D): Pass {
  const { inputs } = context;
  const chosen = drawByWeight(logWeights, inputs['noise.chosen'] as tf.Tensor2D);
  const ofOne = Object.entries(model.noise).map(([name, { shape }]) => {
    const all = tf.reshape(inputs[`noise.${name}`]!, [batch, samples, -1]);
    const one = tf.sum(tf.mul(all, tf.reshape(chosen, [batch, samples, 1])), 1);
    return [`noise.${name}`, tf.reshape(one, [batch, ...shape])];
  });
  return model.pass({ ...context, inputs: { ...inputs, ...Object.fromEntries(ofOne) }, emit() {} });
}
