import { expect, test } from 'vitest';
import { formatClock, formatCount, formatDuration, formatLoss, formatRate } from './format.ts';

test.each([
  [10_000, '10,000'],
  [7, '7'],
])('count %d is %s', (count, text) => expect(formatCount(count)).toBe(text));

test.each([
  [538.1649, '538.16'],
  [98.8951, '98.90'],
  [1, '1.00'],
  [0.0123456, '0.01235'],
  [-0.5, '-0.50000'],
])('loss %d is %s', (loss, text) => expect(formatLoss(loss)).toBe(text));

test.each([
  [0.001, '0.001'],
  [0.00198123, '0.00198'],
  [1e-7, '1e-7'],
  [100, '100'],
  [0, '0'],
])('rate %d is %s', (rate, text) => expect(formatRate(rate)).toBe(text));

test.each([
  [0.058, '0.06 s'],
  [0.996, '1.0 s'],
  [59.94, '59.9 s'],
  [59.96, '1:00'],
  [65, '1:05'],
  [3599.6, '1:00:00'],
  [7400, '2:03:20'],
])('%d seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

test('a clock counts from 0:00', () => {
  expect([0, 4.4, 59.6, 7400].map(formatClock)).toEqual(['0:00', '0:04', '1:00', '2:03:20']);
});
