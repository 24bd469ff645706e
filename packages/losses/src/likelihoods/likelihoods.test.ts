import '@tensorflow/tfjs-backend-cpu';
import { describeLikelihood } from '@latentkit/testing';
import { expect, it } from 'vitest';
import { createLikelihood, type LikelihoodSpec } from '../create-likelihood.ts';
import { LIKELIHOODS } from './likelihoods.ts';

const SPECS: readonly LikelihoodSpec[] = [
  { type: 'bernoulli', output: 'sigmoid' },
  { type: 'squaredError', output: 'linear' },
  { type: 'squaredError', output: 'tanh' },
  { type: 'gaussian', output: 'linear', sigma: 0.5 },
  { type: 'gaussian', output: 'sigmoid', sigma: 'learned' },
  { type: 'absoluteError', output: 'linear' },
];

for (const spec of SPECS) {
  describeLikelihood(JSON.stringify(spec), {
    likelihood: createLikelihood(spec),
    ...(spec.type === 'bernoulli' && { values: [0, 1] }),
  });
}

it('covers every likelihood', () => {
  const covered = new Set([...SPECS.map(({ type }) => type), 'columns']); // whose numbers are no pixels: columns.test.ts
  expect(LIKELIHOODS.map(({ type }) => type).filter((type) => !covered.has(type))).toEqual([]);
});
