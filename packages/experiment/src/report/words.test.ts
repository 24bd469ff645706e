import { expect, it } from 'vitest';
import { duration, fixed, wordsOf } from './words.ts';

it.each([
  [0.04, '0.0 s'],
  [9.94, '9.9 s'],
  [9.96, '10 s'],
  [59.6, '1 min 0 s'],
  [200, '3 min 20 s'],
  [7500, '2 h 5 min'],
])('%d seconds are %s', (seconds, words) => expect(duration(seconds)).toBe(words));

it('numbers beside each other have the digits of the largest', () => {
  expect([fixed(0.61375), fixed(0.61375, 4.89), fixed(4.89, 4.89)]).toEqual(['0.61375', '0.61', '4.89']);
});

it('names columns as a reader would', () => {
  expect(['kl', 'totalCorrelation', 'dimensionwiseKl'].map(wordsOf)).toEqual([
    'KL',
    'total correlation',
    'dimensionwise KL',
  ]);
});

it('gives small losses more digits', () => {
  expect([0.012345, 123.456, -0.5].map((value) => fixed(value))).toEqual(['0.01235', '123.46', '-0.50000']);
});
