import { afterEach, describe, expect, it, vi } from 'vitest';
import { digestSha256 } from './digest-sha256.ts';

// FIPS 180-2, appendices B.1 and B.2
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const LONG = 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq';
const OF_LONG = '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1';
const OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const bytes = (text: string) => new TextEncoder().encode(text);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each([
  ['Node', () => {}],
  ['a page', () => vi.stubGlobal('process', undefined)],
  [
    'a page on plain http',
    () => {
      vi.stubGlobal('process', undefined);
      vi.stubGlobal('crypto', undefined);
    },
  ],
])('in %s', (_, enter) => {
  it("gives FIPS 180's digests, of texts and bytes", async () => {
    enter();
    expect(await digestSha256('abc')).toBe(ABC);
    expect(await digestSha256(bytes(LONG))).toBe(OF_LONG);
    expect(await digestSha256()).toBe(OF_NOTHING);
  });

  it('parts are as one, whatever memory they lie in', async () => {
    enter();
    const shared = new Uint8Array(new SharedArrayBuffer(1));
    shared.set(bytes('b'));
    expect(await digestSha256('a', shared, bytes('c'))).toBe(ABC);
    expect(await digestSha256('', bytes('xabcx').subarray(1, 4))).toBe(ABC);
    expect(await digestSha256(shared)).toBe(await digestSha256('b'));
  });
});
