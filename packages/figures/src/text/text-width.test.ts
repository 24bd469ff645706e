import { expect, test } from 'vitest';
import { textWidth } from './text-width.ts';

test('widths are proportional to the size, heavier text is wider', () => {
  expect(textWidth('validation', 22)).toBeCloseTo(2 * textWidth('validation', 11));
  expect(textWidth('loss', 11, 600)).toBeGreaterThan(textWidth('loss', 11));
  expect(textWidth('', 11)).toBe(0);
});

test('ideographs take an em', () => expect(textWidth('猫', 10)).toBe(10));
