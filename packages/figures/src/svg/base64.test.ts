import { expect, test } from 'vitest';
import { encodeBase64 } from './base64.ts';

test.each([0, 1, 2, 3, 4, 24575, 24576, 24577, 60000])('%d bytes are encoded as Buffer does', (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 31) % 256);
  expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
});
