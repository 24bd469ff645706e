import '@tensorflow/tfjs-backend-cpu';

import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { absoluteError } from './absolute-error.ts';
import { bernoulliNegativeLogLikelihood } from './bernoulli-negative-log-likelihood.ts';
import { createLikelihood, type LikelihoodSpec } from './create-likelihood.ts';
import { gaussianNegativeLogLikelihood } from './gaussian-negative-log-likelihood.ts';
import { type Decoded, scoreUnit } from './likelihood.ts';
import { squaredError } from './squared-error.ts';
import { outputs } from './testing/arguments.ts';

const p = tf.tensor2d([[-3, 0.2, 1.5]]);
const x = tf.tensor2d([[0, 0.5, 1]]);

it('scores as the term of its type does', () => {
  const logSigma = tf.scalar(-1);
  const pairs: [LikelihoodSpec, tf.Tensor][] = [
    [{ type: 'bernoulli', output: 'sigmoid' }, bernoulliNegativeLogLikelihood(p, x)],
    [{ type: 'squaredError', output: 'tanh' }, squaredError(p, x, { output: 'tanh' })],
    [{ type: 'squaredError', output: 'sigmoid', pixels: 'mean' }, squaredError(p, x, { pixels: 'mean' })],
    [
      { type: 'gaussian', output: 'linear', sigma: 0.5 },
      gaussianNegativeLogLikelihood(p, x, { output: 'linear', sigma: 0.5 }),
    ],
    [
      { type: 'gaussian', output: 'sigmoid', sigma: 'learned' },
      gaussianNegativeLogLikelihood(p, x, { logSigma }),
    ],
    [{ type: 'absoluteError', output: 'linear' }, absoluteError(p, x, { output: 'linear' })],
  ];
  for (const [spec, expected] of pairs) {
    const likelihood = createLikelihood(spec);
    const value = likelihood.negativeLogLikelihood({ output: p }, x, { 'likelihood.logSigma': logSigma });
    expect(value.dataSync(), spec.type).toEqual(expected.dataSync());
    expect(likelihood.spec).toBe(spec);
  }
});

describe.each(['sigmoid', 'tanh', 'linear'] as const)('with output %s', (output) => {
  const likelihood = createLikelihood({ type: 'squaredError', output });

  it('has the output function as its mean, in the range of the data, with a gradient', () => {
    const expected = Array.from(p.dataSync(), outputs[output]);
    expect(likelihood.dataRange).toEqual(output === 'tanh' ? [-1, 1] : [0, 1]);
    const { value, grad } = tf.valueAndGrad((output) => likelihood.mean({ output }))(p, tf.onesLike(p));
    expectClose(value.dataSync(), expected);
    const slopes = { sigmoid: (y: number) => y * (1 - y), tanh: (y: number) => 1 - y * y, linear: () => 1 };
    expectClose(grad.dataSync(), expected.map(slopes[output]));
  });

  it('shows means in [0, 1]', () => {
    const mean = tf.tensor1d({ sigmoid: [0, 0.25, 1], tanh: [-1, -0.5, 1], linear: [-4, 0.25, 3] }[output]);
    expectClose(likelihood.toUnitRange(mean).dataSync(), [0, 0.25, 1]);
  });

  it('gives means back in the numbers that data came in', () => {
    const mean = tf.tensor1d({ sigmoid: [0, 0.25], tanh: [-1, -0.5], linear: [-4, 3] }[output]);
    expectClose(likelihood.toData(mean).dataSync(), output === 'linear' ? [-4, 3] : [0, 0.25]);
    expect(likelihood.anyData).toBe(output === 'linear');
  });

  it('gives tensors of the caller alone: nothing shared, nothing left behind', () => {
    const before = tf.memory().numTensors;
    const mean = likelihood.mean({ output: p });
    const picture = likelihood.toUnitRange(mean);
    expect(tf.memory().numTensors).toBe(before + 2);
    tf.dispose([mean, picture]);
    expect(p.isDisposed).toBe(false);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('learns a scalar logSigma where the spec says so, and nothing else', () => {
  const learned = createLikelihood({ type: 'gaussian', output: 'sigmoid', sigma: 'learned' });
  const constant = createLikelihood({ type: 'gaussian', output: 'sigmoid', sigma: 1 });
  expect(learned.parameterShapes).toEqual({ 'likelihood.logSigma': [] });
  expect(constant.parameterShapes).toEqual({});
  expect(() => learned.negativeLogLikelihood({ output: p }, x)).toThrow("no 'likelihood.logSigma' was given");
  expect(() => learned.negativeLogLikelihood({ mean: p } as unknown as Decoded, x)).toThrow(
    "the decoder's head 'output', got mean",
  );
  expect(() => constant.mean(p as unknown as Decoded)).toThrow('got a tensor. Pass what the model');
});

it.each([
  [
    { type: 'bernoulli', output: 'tanh' },
    /output must be 'sigmoid' for a Bernoulli likelihood.*, got 'tanh'/,
  ],
  [{ type: 'bernouli', output: 'sigmoid' }, /Did you mean 'bernoulli'\?/],
  [
    { output: 'sigmoid' },
    /type must be 'bernoulli', 'continuousBernoulli', .*, 'categorical' or 'columns', got nothing/,
  ],
  [
    { type: 'absoluteError', output: 'softmax' },
    /output must be 'sigmoid', 'tanh' or 'linear', got 'softmax'/,
  ],
  [{ type: 'absoluteError' }, /output is missing/],
  [{ type: 'squaredError', output: 'tanh', pixels: 'max' }, /pixels must be 'sum' or 'mean'/],
  [
    { type: 'squaredError', output: 'tanh', pixel: 'mean' },
    /there is no field pixel. Did you mean 'pixels'\?/,
  ],
  [{ type: 'gaussian', output: 'tanh', sigma: 0 }, /sigma must be a number of at least 1e-19, got 0/],
  [{ type: 'gaussian', output: 'tanh', sigma: 1e-20 }, /sigma must be a number of at least 1e-19, got 1e-20/],
  [{ type: 'gaussian', output: 'tanh', sigma: Number.NaN }, /sigma .*, got NaN/],
  [
    { type: 'gaussian', output: 'tanh' },
    /sigma is missing: it must be a number above 0, 'learned', 'perPixel' or 'perImage'/,
  ],
  [null, /it must be an object with a type, got null/],
])('refuses %j', (spec, message) => {
  const call = () => createLikelihood(spec as LikelihoodSpec);
  expect(call).toThrow(message);
  expect(call).toThrow(expect.objectContaining({ code: 'E_CONFIG' }));
});

it.each<[LikelihoodSpec, string]>([
  [{ type: 'bernoulli', output: 'sigmoid' }, 'nats'],
  [{ type: 'gaussian', output: 'sigmoid', sigma: 'learned' }, 'nats'],
  [{ type: 'squaredError', output: 'sigmoid', pixels: 'mean' }, 'squared error'],
  [{ type: 'absoluteError', output: 'sigmoid' }, 'absolute error'],
])('a score by %o is counted in %s', (spec, unit) => {
  expect(scoreUnit(createLikelihood(spec))).toBe(unit);
});
