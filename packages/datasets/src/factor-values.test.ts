import { expect, it } from 'vitest';
import { factorValues } from './factor-values.ts';

const factors = { names: ['size', 'slant'], sizes: [3, 0], values: Float32Array.of(2, 0.5, 0, -0.25) };

it('gives the values of one factor, one an example', () => {
  expect(factorValues(factors, 'size')).toEqual(Float32Array.of(2, 0));
  expect(factorValues(factors, 'slant')).toEqual(Float32Array.of(0.5, -0.25));
});

it('knows the nearest name', () => {
  expect(() => factorValues(factors, 'slnt')).toThrow("there is no factor 'slnt'. Did you mean 'slant'?");
});
