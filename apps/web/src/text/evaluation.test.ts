import { expect, test } from 'vitest';
import { sayMeasure, sayOdd, sayShare, sayStandardError, sayWhatItMeans } from './evaluation.ts';

test('numbers are as long as tells them apart', () => {
  expect([163.4219, 0.04217, 0, -0.5].map(sayMeasure)).toEqual(['163.42', '0.0422', '0.00', '-0.500']);
  expect([sayStandardError({ error: 0.614 }), sayStandardError({})]).toEqual(['± 0.614', '']);
  expect([0.00999, 0.5, 0.0123].map(sayShare)).toEqual(['1%', '50%', '1.2%']);
});

test('one and many are told apart', () => {
  const clean = { alarms: 1, examples: 1000, clean: 'validation images of digits' };
  expect(sayOdd({ odd: 1, of: 60, images: 'images of pets' }, clean)).toBe(
    '1 of 60 images of pets is above it, and of 1,000 validation images of digits, which are ordinary, 1 scores higher.',
  );
});

test('what a number means is said of rows where a network is of a table', () => {
  expect(sayWhatItMeans('mse', true)).not.toContain('pixel');
  expect(sayWhatItMeans('kl', true)).toBe(sayWhatItMeans('kl', false));
  expect(sayWhatItMeans('unheardOf', true)).toBeUndefined();
});
