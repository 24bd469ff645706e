import '@tensorflow/tfjs-backend-cpu';
import { describeLikelihood, type LikelihoodRow } from '@latentkit/testing';
import { expect, it } from 'vitest';
import { createLikelihood, type LikelihoodSpec } from '../create-likelihood.ts';
import { LIKELIHOODS } from './likelihoods.ts';

/** Numbers that a pixel can be, from 0 to 1. */
const levels = (count: number) => Array.from({ length: count }, (_, level) => level / (count - 1));

const ROWS: readonly [LikelihoodSpec, Omit<LikelihoodRow, 'likelihood'>?][] = [
  [{ type: 'bernoulli', output: 'sigmoid' }, { values: [0, 1] }],
  [{ type: 'continuousBernoulli', output: 'sigmoid' }, { range: [0, 1] }],
  [{ type: 'squaredError', output: 'linear' }],
  [{ type: 'squaredError', output: 'tanh' }],
  [{ type: 'gaussian', output: 'linear', sigma: 0.5 }],
  [{ type: 'gaussian', output: 'sigmoid', sigma: 'learned' }],
  [{ type: 'gaussian', output: 'sigmoid', sigma: 'perPixel' }],
  [{ type: 'gaussian', output: 'linear', sigma: 'perImage' }, { sharesPixels: true }],
  [{ type: 'absoluteError', output: 'linear' }],
  [{ type: 'huber', output: 'linear', delta: 0.4 }],
  [{ type: 'unexplainedVariance', output: 'linear', weight: 2 }, { sharesPixels: true }],
  [{ type: 'discretisedLogistic', output: 'sigmoid' }, { values: levels(256) }],
  [{ type: 'discretisedLogistic', output: 'tanh', levels: 3 }, { values: [-1, 0, 1] }],
  [{ type: 'betaBinomial', output: 'sigmoid' }, { values: levels(256) }],
  [{ type: 'betaBinomial', output: 'sigmoid', trials: 4 }, { values: levels(5) }],
  [{ type: 'categorical', output: 'softmax', levels: 5 }, { values: levels(5) }],
];

for (const [spec, row] of ROWS) {
  describeLikelihood(JSON.stringify(spec), { likelihood: createLikelihood(spec), ...row });
}

it('covers every likelihood', () => {
  const covered = new Set([...ROWS.map(([{ type }]) => type), 'columns']); // whose numbers are no pixels: columns.test.ts
  expect(LIKELIHOODS.map(({ type }) => type).filter((type) => !covered.has(type))).toEqual([]);
});
