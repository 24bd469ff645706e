import { expect, it } from 'vitest';
import { shorten } from './shorten.ts';

it('repeats a short text, and the first 40 characters of a long one', () => {
  expect(shorten('keras-dense')).toBe('keras-dense');
  expect(shorten('a'.repeat(40))).toBe('a'.repeat(40));
  expect(shorten('a'.repeat(5_000_000))).toBe(`${'a'.repeat(40)}...`);
});
