import { expect, it } from 'vitest';
import { unpackSnappy } from './unpack-snappy.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

it('takes literals and copies that overlap, as the format describes them', () => {
  // 'abc', then 9 bytes from 3 before; 'x' with a length in a byte of its own; 2 bytes from 1 before, its offset in two, then in four.
  const block = [16, 0x08, 97, 98, 99, 0x15, 3, 0xf0, 0, 120, 0x06, 1, 0, 0x03, 1, 0, 0, 0];
  expect(text(unpackSnappy(Uint8Array.from(block), 3 + 9 + 1 + 2 + 1))).toBe('abcabcabcabcxxxx');
});

it.each([
  ['a literal whose length is below zero as 32 bits', [4, 0xfc, 0xf0, 0xff, 0xff, 0xff, 97]],
  ['a literal beyond the block', [4, 0x0c, 97]],
  ['a copy from before its beginning', [4, 0x00, 97, 0x15, 9]],
  ['a copy of nothing', [4, 0x00, 97, 0x01, 0]],
  ['more than is said', [4, 0x10, 97, 98, 99, 100, 101]],
  ['less than is said', [4, 0x00, 97]],
  ['nothing', []],
])('refuses %s', (_, block) => {
  expect(() => unpackSnappy(Uint8Array.from(block), 4)).toThrow(/snappy/);
});
