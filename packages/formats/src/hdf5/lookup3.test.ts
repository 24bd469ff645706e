import { expect, test } from 'vitest';
import { lookup3 } from './lookup3.ts';

// lookup3.c, driver5
test.each([
  ['', 0xdeadbeef],
  ['Four score and seven years ago', 0x17770551],
])("of '%s' is the published one", (text, expected) => {
  expect(lookup3(new TextEncoder().encode(text))).toBe(expected);
});
