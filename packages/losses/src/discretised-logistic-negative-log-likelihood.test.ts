import '@tensorflow/tfjs-backend-cpu';
import { describeLoss, expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import {
  type DiscretisedLogisticOptions,
  discretisedLogisticNegativeLogLikelihood,
} from './discretised-logistic-negative-log-likelihood.ts';
import { levelTarget, outputs, preActivation, rawScale } from './testing/arguments.ts';

/** `log sigmoid(a)`, which vanishes nowhere. */
const logSigmoid = (a: number) => Math.min(a, 0) - Math.log1p(Math.exp(-Math.abs(a)));

/** `-log(sigmoid(upper) - sigmoid(lower))`, as PixelCNN++ has it, by logarithms where both are near 0 or 1. */
function oracle(
  pre: number,
  raw: number,
  x: number,
  { output = 'sigmoid', levels = 256 }: DiscretisedLogisticOptions,
) {
  const [place, target] = output === 'tanh' ? [Math.tanh(pre), x] : [2 * outputs[output](pre) - 1, 2 * x - 1];
  const level = Math.round(((target + 1) / 2) * (levels - 1));
  const centre = (2 * level) / (levels - 1) - 1;
  const logScale = raw > 20 ? raw : -7 + Math.log1p(Math.exp(raw + 7));
  const [upper, lower] = [1, -1].map(
    (side) => (centre - place + side / (levels - 1)) * Math.exp(-logScale),
  ) as [number, number];
  if (level === 0) return -logSigmoid(upper);
  if (level === levels - 1) return -logSigmoid(-lower);
  const width = (2 / (levels - 1)) * Math.exp(-logScale);
  // sigmoid(upper) - sigmoid(lower) = sigmoid(upper) sigmoid(-lower) (1 - exp(lower - upper))
  return -logSigmoid(upper) - logSigmoid(-lower) - Math.log(-Math.expm1(-width));
}

for (const options of [{}, { levels: 16 }, { levels: 2 }, { output: 'tanh', levels: 5 }] as const) {
  const { levels = 256, output } = options as DiscretisedLogisticOptions;
  const unit = levelTarget(levels);
  describeLoss(`discretisedLogisticNegativeLogLikelihood ${JSON.stringify(options)}`, {
    where: 'discretisedLogisticNegativeLogLikelihood',
    arguments: [
      preActivation,
      rawScale('logScale'),
      output === 'tanh' ? { ...unit, draw: (random) => 2 * unit.draw(random) - 1, extremes: [-1, 1] } : unit,
    ],
    evaluate: (p, s, x) => discretisedLogisticNegativeLogLikelihood(p!, s!, x!, options),
    oracle: (p, s, x) => p!.reduce((sum, one, i) => sum + oracle(one, s![i]!, x![i]!, options), 0),
  });
}

it('is exact where an interval is a hundredth of the scale, and where it is a hundred of them', () => {
  const raws = [-30, -7, -4, 0, 3, 10, 40];
  for (const x of [0, 1 / 255, 100 / 255, 254 / 255, 1]) {
    const value = discretisedLogisticNegativeLogLikelihood(
      tf.fill([raws.length, 1], -0.4),
      tf.tensor2d(raws, [raws.length, 1]),
      tf.fill([raws.length, 1], x),
    );
    const expected = raws.map((raw) => oracle(Math.fround(-0.4), raw, x, {}));
    expectClose(value.dataSync(), expected, { relative: 3e-5 });
  }
});

it('refuses levels that are none', () => {
  const tensor = tf.zeros([1, 4]);
  for (const levels of [1, 2.5, Number.NaN, 1e6]) {
    expect(() => discretisedLogisticNegativeLogLikelihood(tensor, tensor, tensor, { levels })).toThrow(
      `levels must be a whole number from 2 to 65536, got ${levels}`,
    );
  }
});
