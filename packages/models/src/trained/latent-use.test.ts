import { expect, it } from 'vitest';
import { latentUse } from './latent-use.ts';

it('has the KL of each dimension in closed form, and the variance of its means', () => {
  // Means 1, -1 and 0, 0 with variances e^0 and e^-1: KL 1/2 and e^-1 / 2.
  const { kl, variance, isActive } = latentUse(
    { mean: Float32Array.of(1, 0, -1, 0), logVar: Float32Array.of(0, -1, 0, -1) },
    2,
  );
  expect(kl![0]).toBeCloseTo(0.5, 6);
  expect(kl![1]).toBeCloseTo(Math.exp(-1) / 2, 6);
  expect(variance).toEqual([1, 0]);
  expect(isActive).toEqual([true, false]);
});

it('counts a dimension as active above a variance of 0.01, wherever its mean is', () => {
  const mean = Float32Array.of(5.05, 5.11, 4.95, 4.89);
  expect(latentUse({ mean }, 2).isActive).toEqual([false, true]);
  expect(latentUse({ mean }, 2).kl).toBeUndefined();
});

it('refuses codes of another size, and what are none', () => {
  const mean = new Float32Array(6);
  expect(() => latentUse({ mean }, 4)).toThrow(expect.objectContaining({ code: 'E_SHAPE' }));
  expect(() => latentUse({ mean }, 1e12)).toThrow(expect.objectContaining({ code: 'E_SHAPE' }));
  expect(() => latentUse({ mean: {} as Float32Array }, 2)).toThrow(
    expect.objectContaining({ code: 'E_USAGE' }),
  );
});
