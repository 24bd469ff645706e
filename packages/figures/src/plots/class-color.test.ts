import { expect, test } from 'vitest';
import { classColor } from './class-color.ts';

test.each([1, 10, 11, 100])('%d classes have as many colours', (classes) => {
  expect(new Set(Array.from({ length: classes }, (_, i) => classColor(i, classes))).size).toBe(classes);
});
