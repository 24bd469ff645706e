import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import * as losses from './index.ts';

const tensor = tf.fill([1, 4], 0.5);

it.each([
  ['absoluteError', 'output', losses.absoluteError],
  ['squaredError', 'pixels', losses.squaredError],
  ['huber', 'delta', losses.huber],
  ['unexplainedVariance', 'weight', losses.unexplainedVariance],
  ['gaussianNegativeLogLikelihood', 'sigma', losses.gaussianNegativeLogLikelihood],
  ['gaussianPerImageScore', 'output', losses.gaussianPerImageScore],
  [
    'gaussianPerPixelNegativeLogLikelihood',
    'output',
    (p: tf.Tensor, x: tf.Tensor, options: object) =>
      losses.gaussianPerPixelNegativeLogLikelihood(p, p, x, options),
  ],
  [
    'discretisedLogisticNegativeLogLikelihood',
    'levels',
    (p: tf.Tensor, x: tf.Tensor, options: object) =>
      losses.discretisedLogisticNegativeLogLikelihood(p, p, x, options),
  ],
  [
    'betaBinomialNegativeLogLikelihood',
    'trials',
    (p: tf.Tensor, x: tf.Tensor, options: object) =>
      losses.betaBinomialNegativeLogLikelihood(p, p, x, options),
  ],
  ['categoricalNegativeLogLikelihood', 'levels', losses.categoricalNegativeLogLikelihood],
])('%s refuses a misspelt option, naming the one that is meant', (name, option, loss) => {
  const misspelt = `${option}s`;
  const call = () =>
    (loss as (p: tf.Tensor, x: tf.Tensor, options: object) => tf.Tensor)(tensor, tensor, { [misspelt]: 1 });
  expect(call).toThrow(`${name}: there is no option ${misspelt}. Did you mean '${option}'?`);
});
