import '@tensorflow/tfjs-backend-cpu';
import { describeLoss } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { outputs, preActivation, unitTarget } from './testing/arguments.ts';
import { unexplainedVariance } from './unexplained-variance.ts';

const meanOf = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

for (const output of ['sigmoid', 'tanh', 'linear'] as const) {
  for (const weight of [undefined, 3]) {
    describeLoss(`unexplainedVariance of ${output}, weight ${weight}`, {
      where: 'unexplainedVariance',
      arguments: [preActivation, unitTarget],
      evaluate: (p, x) => unexplainedVariance(p!, x!, { output, ...(weight && { weight }) }),
      oracle(p, x) {
        const numbers = [...x!];
        const mean = meanOf(numbers);
        const least = ((output === 'tanh' ? 2 : 1) / 64) ** 2;
        const variance = Math.max(least, meanOf(numbers.map((one) => (one - mean) ** 2)));
        const error = meanOf([...p!].map((l, i) => (outputs[output](l) - numbers[i]!) ** 2));
        return ((weight ?? numbers.length / 2) * error) / variance;
      },
    });
  }
}

const scoreOf = (mean: number[], image: number[]) =>
  unexplainedVariance(tf.tensor2d([mean]), tf.tensor2d([image]), {
    output: 'linear',
    weight: 1,
  }).dataSync()[0]!;

it('is 1 - R^2, whatever the contrast and on whichever ground', () => {
  const [mean, image] = [
    [3, 1, 4, 1, 5, 9],
    [2, 7, 1, 8, 2, 8],
  ] as const;
  // 1 + 36 + 9 + 49 + 9 + 1 over the sum of squares less that of the mean.
  expect(scoreOf([...mean], [...image])).toBeCloseTo(105 / (186 - 28 ** 2 / 6), 5);
  for (const contrast of [-20, -1, 0.01]) {
    const changed = (numbers: readonly number[]) => numbers.map((x) => 0.5 + contrast * x);
    expect(scoreOf(changed(mean), changed(image))).toBeCloseTo(scoreOf([...mean], [...image]), 3);
  }
});

it('scores a blank image by a floor: nothing given back of nothing is nothing, and anything is far', () => {
  expect(scoreOf([0.25, 0.25], [0.25, 0.25])).toBe(0);
  expect(scoreOf([0.5, 0.5], [0, 0])).toBeCloseTo(0.25 * 64 ** 2, 2);
  const ofTanh = unexplainedVariance(tf.zeros([1, 2]), tf.fill([1, 2], -1), { output: 'tanh', weight: 1 });
  expect(ofTanh.dataSync()[0]).toBeCloseTo(32 ** 2, 2); // its range is twice as wide
});

it('refuses a weight that weighs nothing', () => {
  const tensor = tf.zeros([1, 4]);
  for (const weight of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => unexplainedVariance(tensor, tensor, { weight })).toThrow(
      `unexplainedVariance: weight must be a finite number above 0, got ${weight}`,
    );
  }
});
