import { expect, test } from 'vitest';
import { figureWidth } from './figure-width.ts';

test('content and margins make the width, a longer title widens it up to the limit', () => {
  expect(figureWidth(400, { title: 'a', subtitle: '' }, 900)).toBe(448);
  const wide = figureWidth(10, { title: 'a title of some length', subtitle: '' }, 900);
  expect(wide).toBeGreaterThan(200);
  expect(figureWidth(10, { title: 'a title of some length', subtitle: '' }, 120)).toBe(120);
});
