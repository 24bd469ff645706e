import { expect, test } from 'vitest';
import { fitText } from './fit-text.ts';
import { textWidth } from './text-width.ts';

test('a text that fits stays as it is', () => expect(fitText('cat', 100, 11)).toBe('cat'));

test('a text too long is cut to the width, with an ellipsis', () => {
  const text = fitText('a class name of considerable length', 80, 11);
  expect(text).toMatch(/^a class.*…$/);
  expect(textWidth(text, 11)).toBeLessThanOrEqual(80);
});

test('where nothing fits an ellipsis remains', () => expect(fitText('cat', 1, 11)).toBe('…'));
