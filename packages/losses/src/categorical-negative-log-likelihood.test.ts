import '@tensorflow/tfjs-backend-cpu';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { categoricalMean, categoricalNegativeLogLikelihood } from './categorical-negative-log-likelihood.ts';
import { expectTerm } from './testing/expect-terms.ts';

const LEVELS = 4;
const target = tf.tensor([0, 1 / 3, 2 / 3, 1, 1, 0], [2, 3, 1]);
const chosen = [0, 1, 2, 3, 3, 0];

const logSumExp = (l: Float64Array) => Math.log(l.reduce((sum, one) => sum + Math.exp(one), 0));
const groups = (l: Float64Array) =>
  Array.from({ length: l.length / LEVELS }, (_, i) => l.subarray(i * LEVELS, (i + 1) * LEVELS));

describe('categoricalNegativeLogLikelihood', () => {
  it('is the log sum of powers less the chosen logit, with its gradient', () => {
    expectTerm(
      (logits) => categoricalNegativeLogLikelihood(logits!, target, { levels: LEVELS }),
      ([l]) => {
        const each = groups(l!).map((group, i) => logSumExp(group) - group[chosen[i]!]!);
        return [0, 3].map((at) => each.slice(at, at + 3).reduce((sum, one) => sum + one, 0));
      },
      [[2, 3, LEVELS]],
    );
  });

  it('is finite, and so is its gradient, where a choice is certain and wrong', () => {
    const logits = tf.tensor2d([[80, -80, -80, -80, 1000, 0, 0, 0]]);
    const x = tf.tensor2d([[1, 0]]);
    const evaluate = (l: tf.Tensor) => categoricalNegativeLogLikelihood(l, x, { levels: LEVELS });
    const { value, grad } = tf.valueAndGrad(evaluate)(logits, tf.ones([1]));
    expectClose(value.dataSync(), [160]);
    expectClose(grad!.dataSync(), [1, 0, 0, -1, 0, 0, 0, 0]);
  });

  it('takes the nearest level of each number, for 256 of them too', () => {
    const bytes = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);
    const logits = tf.mul(tf.reshape(tf.range(0, 256), [1, 256]), tf.ones([256, 1])); // logit l of level l
    const value = categoricalNegativeLogLikelihood(logits, tf.tensor2d(bytes, [256, 1]));
    const total = logSumExp(Float64Array.from({ length: 256 }, (_, l) => l));
    const expected = Array.from({ length: 256 }, (_, level) => total - level);
    expectClose(value.dataSync(), expected, { absolute: 3e-5 });
  });

  it('says which shapes do not fit together, and which levels are none', () => {
    const call = (logits: number[], shape: number[], levels?: number) => () =>
      categoricalNegativeLogLikelihood(tf.zeros(logits), tf.zeros(shape), { levels });
    expect(call([2, 3], [2, 4])).toThrow(
      'categoricalNegativeLogLikelihood: logits and target must be [batch, ..., channels * 256] and [batch, ..., channels], got [2, 3] and [2, 4]',
    );
    expect(call([4], [4], 2)).toThrow(expect.objectContaining({ code: 'E_SHAPE' }));
    expect(call([2, 4], [2, 2], 1)).toThrow('levels must be a whole number from 2 to 65536, got 1');
  });

  it('leaves no tensors behind', () => {
    const logits = tf.zeros([2, 3, LEVELS]);
    const before = tf.memory().numTensors;
    categoricalNegativeLogLikelihood(logits, target, { levels: LEVELS }).dispose();
    categoricalMean(logits, LEVELS).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('the mean of a choice is that of its levels from 0 to 1, with its gradient', () => {
  expectTerm(
    (logits) => categoricalMean(logits!, LEVELS),
    ([l]) =>
      groups(l!).map((group) => {
        const total = logSumExp(group);
        return group.reduce((sum, one, level) => sum + (Math.exp(one - total) * level) / (LEVELS - 1), 0);
      }),
    [[2, 3, LEVELS]],
  );
});
