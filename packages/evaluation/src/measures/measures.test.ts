import { readFileSync } from 'node:fs';
import type { Factors } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import { describe, expect, it } from 'vitest';
import { signalToNoise } from '../metrics/errors.ts';
import { fixtureNumbers as numbers } from '../testing/fixture-numbers.ts';
import { measureDisentanglement } from './disentanglement.ts';
import { factorVaeScore } from './factor-vae-score.ts';
import { frechetDistance } from './frechet-distance.ts';
import { fitLogisticRegression } from './logistic-regression.ts';
import { mutualInformationGap } from './mutual-information-gap.ts';
import { separatedAttributePredictability } from './separated-attribute-predictability.ts';
import { structuralSimilarity } from './ssim.ts';

/** Values by scikit-image and scikit-learn: fixtures/make-measures.py. */
const {
  images,
  codes: expected,
  frechet,
} = JSON.parse(readFileSync(new URL('../../fixtures/measures.json', import.meta.url), 'utf8'));

const { count, seed } = expected;
const u = numbers(count * 6, seed);
const at = (i: number, j: number) => u[i * 6 + j]!;
const sizes = [3, 5, 8];
const values = Float32Array.from({ length: count * 3 }, (_, i) =>
  Math.floor(at(Math.floor(i / 3), i % 3) * sizes[i % 3]!),
);
const factors: Factors = { names: ['a', 'b', 'c'], sizes, values };
const data = Float64Array.from({ length: count * 4 }, (_, k) => {
  const [i, j] = [Math.floor(k / 4), k % 4];
  const [a, b, c] = [values[i * 3]!, values[i * 3 + 1]!, values[i * 3 + 2]!];
  return [a + 0.4 * at(i, 3), b - 0.5 * c + at(i, 4), c + 0.2 * a, at(i, 5)][j]!;
});
const codes = { data, count, dimensions: 4 };

describe('measures are those of scikit-image and scikit-learn', () => {
  it.each(images as { shape: number[]; seed: number; ssim: number; psnr: number }[])(
    'SSIM and PSNR of $shape',
    (one) => {
      const [height, width, channels] = one.shape as [number, number, number];
      const a = numbers(height * width * channels, one.seed);
      const noise = numbers(a.length, one.seed + 1);
      const b = a.map((value, i) => 0.7 * value + 0.3 * noise[i]!);
      expect(structuralSimilarity(a, b, { height, width, channels })).toBeCloseTo(one.ssim, 12);
      const mse = a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length;
      expect(signalToNoise(mse)).toBeCloseTo(one.psnr, 10);
      expect(structuralSimilarity(a, a, { height, width, channels })).toBeCloseTo(1, 12);
    },
  );

  it('mutual information gaps and separated attribute predictability', () => {
    expectClose(Object.values(mutualInformationGap(codes, factors).parts), expected.mig, { relative: 1e-10 });
    expectClose(Object.values(separatedAttributePredictability(codes, factors).parts), expected.sap, {
      relative: 1e-10,
    });
  });

  it('disentanglement, completeness and informativeness by a lasso', () => {
    const found = measureDisentanglement(codes, factors);
    expectClose(found.importance.flat(), expected.importance.flat(), { absolute: 1e-7 });
    for (const part of ['disentanglement', 'completeness', 'informativeness'] as const) {
      expect(found[part]).toBeCloseTo(expected[part], 7);
    }
  });

  it('logistic regression', () => {
    const labels = Array.from({ length: count }, (_, i) => values[i * 3 + 1]!);
    const learned = { data: data.subarray(0, 800), count: 200, dimensions: 4 };
    const probe = fitLogisticRegression(learned, labels.slice(0, 200));
    expectClose(probe.weights, expected.probe.weights.flat(), { absolute: 1e-4, relative: 1e-4 });
    const mean = probe.biases.reduce((sum, one) => sum + one, 0) / 5;
    expectClose(
      probe.biases.map((one) => one - mean),
      expected.probe.biases,
      { absolute: 1e-3, relative: 1e-3 },
    );
    const told = probe.predict({ data: data.subarray(800), count: count - 200, dimensions: 4 });
    const right = told.filter((one, i) => one === labels[200 + i]).length / told.length;
    expect(right).toBe(expected.probe.accuracy);
  });
});

describe('of codes that are the factors', () => {
  const own = { data: values, count, dimensions: 3 };

  it('every score is the best', () => {
    expect(factorVaeScore(own, factors)).toBe(1);
    const { disentanglement, completeness, informativeness } = measureDisentanglement(own, factors, {
      alpha: 0.1,
    });
    expectClose([disentanglement, completeness, informativeness], [1, 1, 0.99], { absolute: 1e-6 });
    expect(separatedAttributePredictability(own, factors).value).toBeGreaterThan(0.95);
    expect(mutualInformationGap(own, factors).value).toBeGreaterThan(0.9);
  });

  it('and of noise the least', () => {
    const noise = { data: numbers(count * 3, 5), count, dimensions: 3 };
    expect(mutualInformationGap(noise, factors).value).toBeLessThan(0.05);
    expect(separatedAttributePredictability(noise, factors).value).toBeLessThan(0.05);
    expect(factorVaeScore(noise, factors)).toBeLessThan(0.5);
    expect(factorVaeScore({ ...noise, data: new Float32Array(count * 3) }, factors)).toBe(0);
  });

  it('a factor of any value is taken in groups of equal numbers', () => {
    const any = Float32Array.from(numbers(count * 3, 9));
    const score = mutualInformationGap({ ...own, data: any }, { ...factors, sizes: [0, 0, 0], values: any });
    expect(score.value).toBeGreaterThan(0.7);
    expect(Object.keys(score.parts)).toEqual(['a', 'b', 'c']);
  });
});

it('what cannot be is refused with where it is', () => {
  expect(() => mutualInformationGap(codes, { ...factors, values: values.subarray(3) })).toThrow(
    'expected 3 factors of 300 examples, got 897 numbers',
  );
  const odd = values.slice();
  odd[7] = Number.NaN;
  expect(() => separatedAttributePredictability(codes, { ...factors, values: odd })).toThrow(
    "factor 'b' of example 2 is NaN",
  );
  const same = new Float32Array(values.length);
  expect(() => measureDisentanglement(codes, { ...factors, values: same })).toThrow('no factor varies');
  expect(() => mutualInformationGap({ ...codes, data: data.map(() => Number.NaN) }, factors)).toThrow(
    'number 0 of codes 0 is NaN',
  );
  expect(() => fitLogisticRegression(codes, new Array(300).fill(3))).toThrow('expected two classes');
  expect(() => structuralSimilarity([1], [1], { height: 1, width: 1, channels: 1 })).toThrow(
    'at least 7 x 7',
  );
});

describe('frechetDistance', () => {
  const { count, size, seed, distance } = frechet;
  const u = numbers(2 * count * size, seed);
  const vectors = (value: (row: number, column: number) => number) => ({
    data: Float64Array.from({ length: count * size }, (_, i) => value(Math.floor(i / size), i % size)),
    ...{ count, dimensions: size },
  });
  // Of correlated columns, and of columns of unequal widths.
  const a = vectors((row, column) => {
    let sum = 0;
    for (let k = column; k < size; k++) sum += u[row * size + k]!;
    return sum;
  });
  const b = vectors((row, column) => 0.3 + (column + 1) * u[(count + row) * size + column]!);

  it("is SciPy's, whichever comes first, and 0 of equals", () => {
    expectClose([frechetDistance(a, b), frechetDistance(b, a)], [distance, distance], { relative: 1e-9 });
    expect(frechetDistance(a, a)).toBeLessThan(1e-9);
  });

  it('of single columns is (m1 - m2)^2 + (s1 - s2)^2, constant ones too', () => {
    const column = (...data: number[]) => ({
      data: Float64Array.from(data),
      count: data.length,
      dimensions: 1,
    });
    // Means 1 and 6, standard deviations 2 and 4 by one number fewer.
    expectClose([frechetDistance(column(-1, 1, 3), column(2, 6, 10))], [25 + 4], { relative: 1e-12 });
    expectClose([frechetDistance(column(2, 2), column(5, 5))], [9], { relative: 1e-12 });
    expect(() => frechetDistance(a, column(1, 2))).toThrow('got 5 and 1 numbers');
  });
});
