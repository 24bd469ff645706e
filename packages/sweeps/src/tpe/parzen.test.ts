import { readFileSync } from 'node:fs';
import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { toEven } from '../space/dimension.ts';
import { createSearchSpace } from '../space/search-space.ts';
import { goodTrials } from '../strategies/tpe.ts';
import { normalMass } from './normal-mass.ts';
import { createParzen } from './parzen.ts';

interface Fixture {
  cases: { observed: number[][]; asked: number[][]; logDensities: number[] }[];
  good: Record<string, number>;
  masses: [number, number, number][];
}

const optuna: Fixture = JSON.parse(readFileSync(new URL('../../fixtures/tpe.json', import.meta.url), 'utf8'));
const { dimensions } = createSearchSpace({
  beta: { from: 0.5, to: 4 },
  rate: { log: [1e-4, 1e-2] },
  hidden: { from: 16, to: 1024, step: 16 },
  dim: { log: [2, 64], whole: true },
  share: { from: 0, to: 0.5, step: 0.01 },
  net: ['mlp', 'conv', 'residual'],
});
const toPoint = (row: readonly number[]) =>
  dimensions.map((dimension, d) => (dimension.kind === 'choices' ? row[d]! : toEven(dimension, row[d]!)));

describe('a Parzen estimator', () => {
  it.each(optuna.cases.map((one) => [one.observed.length, one] as const))(
    'of %d trials has the densities of Optuna',
    (_, { observed, asked, logDensities }) => {
      const { logDensity } = createParzen(dimensions, observed.map(toPoint));
      for (const [i, row] of asked.entries())
        expect(logDensity(toPoint(row))).toBeCloseTo(logDensities[i]!, 8);
    },
  );

  it('is of density 1 in all, over steps and choices', () => {
    const { dimensions: few } = createSearchSpace({ dim: { log: [2, 9], whole: true }, net: ['a', 'b'] });
    const { logDensity } = createParzen(few, [
      [Math.log(3), 0],
      [Math.log(8), 1],
    ]);
    let sum = 0;
    for (let dim = 2; dim <= 9; dim++) {
      for (const net of [0, 1]) sum += Math.exp(logDensity([Math.log(dim), net]));
    }
    expect(sum).toBeCloseTo(1, 12);
  });

  it('draws settings as often as it says that they are', () => {
    const { dimensions: few } = createSearchSpace({ dim: { from: 1, to: 6, whole: true } });
    const { sample, logDensity } = createParzen(few, [[2], [2], [5]]);
    const random = createRandom({ seed: 5, stream: Stream.sweep });
    const drawn = Array.from({ length: 4000 }, () => sample(random)[0]!);
    for (let value = 1; value <= 6; value++) {
      const share = drawn.filter((one) => one === value).length / drawn.length;
      expect(Math.abs(share - Math.exp(logDensity([value])))).toBeLessThan(0.03); // 4 standard errors
    }
  });

  it('takes as many trials for good ones as Optuna', () => {
    for (const [count, good] of Object.entries(optuna.good)) expect(goodTrials(Number(count))).toBe(good);
  });
});

describe('normalMass', () => {
  it.each(optuna.masses)('from %d to %d is that of SciPy', (a, b, mass) => {
    expect(normalMass(a, b) / mass).toBeCloseTo(1, 11);
  });
});
