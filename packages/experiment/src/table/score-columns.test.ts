import { expect, it } from 'vitest';
import { scoreColumns } from './score-columns.ts';

it('is the share of the variance, and of the rows that are right, beside guessing', () => {
  const columns = [
    { type: 'gaussian', name: 'x', mean: 0, deviation: 1 },
    { type: 'bernoulli', name: 'b', values: ['no', 'yes'] },
    { type: 'categorical', name: 'c', values: ['p', 'q', 'r'] },
  ] as const;
  const rows = [-1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0];
  const means = [-0.5, 0.4, 0.5, 0.3, 0.2, 0, 0.4, 0.1, 0.8, 0.1, 0.5, 0.9, 0.6, 0.2, 0.2];
  // numpy: 1 - ((x - y)**2).sum() / ((x - x.mean())**2).sum()
  expect(scoreColumns(columns, rows, means)).toEqual([
    { name: 'x', score: 0.75, baseline: 0, isNumber: true },
    { name: 'b', score: 2 / 3, baseline: 2 / 3, isNumber: false },
    { name: 'c', score: 2 / 3, baseline: 2 / 3, isNumber: false },
  ]);
  const same = scoreColumns(columns.slice(0, 1), [2, 2], [2, 2]);
  expect(same[0]!.score).toBe(1);
});
