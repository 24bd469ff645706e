import { createHash } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { createSha256 } from './create-sha256.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it.each(['Node', 'a page'])("in %s, parts of any length make Node's digest of the whole", (where) => {
  if (where === 'a page') vi.stubGlobal('process', undefined);
  for (const lengths of [
    [],
    [0],
    [1, 62, 1],
    [63, 2],
    [64, 64],
    [200, 0, 55, 9],
    [128, 119],
    [3, 300, 64, 5],
  ]) {
    const parts = lengths.map((length, part) => Uint8Array.from({ length }, (_, i) => 7 * i + part));
    const expected = createHash('sha256');
    const got = createSha256();
    for (const part of parts) {
      expected.update(part);
      got.update(part);
    }
    expect(got.digest('hex'), lengths.join()).toBe(expected.digest('hex'));
  }
});
