import { expect, it } from 'vitest';
import { digestHex } from './digest-hex.ts';

it("gives RFC 1321's MD5 and FIPS 180's SHA-256", async () => {
  const abc = new TextEncoder().encode('abc');
  expect(await digestHex('md5', abc)).toBe('900150983cd24fb0d6963f7d28e17f72');
  expect(await digestHex('sha256', abc)).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});
