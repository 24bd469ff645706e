import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createSearchSpace } from '../space/search-space.ts';
import { measureImportance, type ValuedTrial } from './measure-importance.ts';

const scipy: {
  trials: ValuedTrial[];
  shares: Record<string, number>;
  correlations: Record<string, number>;
} = JSON.parse(readFileSync(new URL('../../fixtures/importance.json', import.meta.url), 'utf8'));
const space = createSearchSpace({
  dim: [2, 5, 10, 20],
  rate: { log: [1e-4, 1e-2] },
  net: ['mlp', 'conv', 'residual'],
});

test("shares are those of SciPy's H, correlations those of its Spearman, the most important first", () => {
  const measured = measureImportance(space, scipy.trials);
  for (const { name, share, correlation, trials } of measured) {
    expect(share).toBeCloseTo(scipy.shares[name]!, 12);
    if (name === 'net') expect(correlation).toBeUndefined();
    else expect(correlation).toBeCloseTo(scipy.correlations[name]!, 12);
    expect(trials).toBe(30);
  }
  const shares = measured.map(({ share }) => share!);
  expect(shares).toEqual([...shares].sort((a, b) => b - a));
});

test('failed trials are the worst, and what decides which fail explains everything', () => {
  const trials = Array.from({ length: 12 }, (_, i) => ({
    settings: { dim: i % 2 === 0 ? 2 : 5, rate: 1e-3, net: 'mlp' },
    value: i % 2 === 0 ? 1 : Number.NaN,
  }));
  const [first, ...others] = measureImportance(space, trials);
  expect(first).toEqual({ name: 'dim', share: 1, correlation: 1, trials: 12 });
  expect(others.map(({ share }) => share)).toEqual([undefined, undefined]); // one group of each
});

test('too few trials tell nothing, and a conditional setting is judged by those that have it', () => {
  const trials = [
    { settings: { dim: 2 }, value: 1 },
    { settings: { dim: 5 }, value: 2 },
  ];
  expect(measureImportance(space, trials).map(({ name, share, trials: of }) => [name, share, of])).toEqual([
    ['dim', undefined, 2],
    ['rate', undefined, 0],
    ['net', undefined, 0],
  ]);
});
