import { afterEach, describe, expect, it, vi } from 'vitest';
import { digestHex } from './digest-hex.ts';

const SHA256_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'; // FIPS 180-2, appendix B.1
const abc = new TextEncoder().encode('abc');

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('digestHex', () => {
  it("gives RFC 1321's MD5 and FIPS 180's SHA-256", async () => {
    expect(await digestHex('md5', abc)).toBe('900150983cd24fb0d6963f7d28e17f72');
    expect(await digestHex('sha256', abc)).toBe(SHA256_ABC);
  });

  it('does without WebCrypto, as a page on plain http must', async () => {
    vi.stubGlobal('crypto', undefined);
    expect(await digestHex('sha256', abc)).toBe(SHA256_ABC);
  });
});
