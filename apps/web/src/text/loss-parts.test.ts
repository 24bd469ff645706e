import { createModel } from '@latentkit/models';
import { createObjective, termsOf, withBeta } from '@latentkit/objectives';
import { expect, it } from 'vitest';
import { curvesOf } from '../lab/curves-of.ts';
import { TINY_SPEC } from '../testing/tiny-spec.ts';
import { sayParts } from './loss-parts.ts';

const model = createModel(TINY_SPEC);
const curvesBy = (
  ...[objective, beta]: [Parameters<typeof createObjective>[1]?, Parameters<typeof withBeta>[1]?]
) => {
  const chosen = createObjective(model, objective, { examples: 10 });
  return curvesOf(termsOf(beta === undefined ? chosen : withBeta(chosen, beta)));
};
const warmup = { type: 'linear', from: 0, to: 1, epochs: 4 } as const;

it('is a sum that comes to the loss, each part with its weight', () => {
  const row = { reconstruction: 136.16, kl: 3.795, beta: 4 };
  expect(sayParts(row, curvesBy(undefined, 4))).toBe(' = 136.16 Reconstruction + 4 × 3.80 KL divergence');
  expect(sayParts({ ...row, beta: 1 }, curvesBy())).toBe(' = 136.16 Reconstruction + 3.80 KL divergence');
});

it('of a batch, whose row has no weights, takes those that never change, and says nothing of others', () => {
  const losses = { reconstruction: 136.16, kl: 3.795 };
  expect(sayParts(losses, curvesBy(undefined, 4))).toContain('4 × 3.80');
  expect(sayParts(losses, curvesBy(undefined, warmup))).toBe('');
  expect(sayParts({ ...losses, beta: 0.25 }, curvesBy(undefined, warmup))).toContain('0.25 × 3.80');
});

it('leaves out what is only measured', () => {
  const row = { bound: 208.57, reconstruction: 214.74, kl: 10.64 };
  expect(sayParts(row, curvesBy({ type: 'iwae', samples: 5 }))).toBe(''); // the bound alone is the loss
  const parts = {
    mutualInformation: 6.62,
    totalCorrelation: 25.61,
    dimensionwiseKl: -22.84,
    weightTotalCorrelation: 6,
  };
  expect(
    sayParts(
      { reconstruction: 214.2, kl: 9.38, ...parts },
      curvesBy({ type: 'betaTc', totalCorrelation: 6 }),
    ),
  ).toBe(
    ' = 214.20 Reconstruction + 6.62 Mutual information + 6 × 25.61 Total correlation - 22.84 Dimension-wise KL',
  );
});
