import { expect, it } from 'vitest';
import { decodeBase64 } from './decode-base64.ts';

it('gives every byte value back', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
});

it('makes nothing of nothing', () => {
  expect(decodeBase64('')).toEqual(new Uint8Array(0));
});
