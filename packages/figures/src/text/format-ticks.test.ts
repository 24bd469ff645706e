import { expect, test } from 'vitest';
import { formatTicks } from './format-ticks.ts';

test('neighbours are told apart', () => {
  expect(formatTicks([1000.25, 1000.3])).toEqual(['1000.25', '1000.3']);
  expect(formatTicks([0, 0.5, 1])).toEqual(['0', '0.5', '1']);
});

test('the same tick twice ends', () => expect(formatTicks([1, 1])).toEqual(['1', '1']));
