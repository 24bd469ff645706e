import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sha256Hex } from './sha256-hex.ts';

// FIPS 180-2, appendix B, and NIST's example of no bytes
it.each([
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
])('of %j is the published one', (text, expected) => {
  const bytes = new TextEncoder().encode(text);
  expect(sha256Hex(bytes)).toBe(expected);
  expect(sha256Hex(bytes.buffer)).toBe(expected);
});

it("is Node's for every length of a last block", () => {
  for (let length = 0; length <= 130; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => 7 * i + length);
    expect(sha256Hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});

it('is of bytes alone', () => {
  expect(() => sha256Hex('abc' as never)).toThrow(
    'sha256Hex: expected a Uint8Array or an ArrayBuffer, got String',
  );
});
