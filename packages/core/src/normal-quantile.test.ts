import { describe, expect, it } from 'vitest';
import { normalQuantile } from './normal-quantile.ts';

// Python 3: statistics.NormalDist().inv_cdf((word + 0.5) / 2**32)
const PYTHON = [
  [0x00000000, -6.337957754553789],
  [0x00000001, -6.166429517819749],
  [0x00000002, -6.0851045457830315],
  [0x000003e8, -5.039851125968711],
  [0x0001e240, -4.022887695808418],
  [0x00ffffff, -2.6600674786549474],
  [0x10000000, -1.5341205434059566],
  [0x13333333, -1.4395314704450153],
  [0x13333334, -1.4395314688002132],
  [0x40000000, -0.6744897498297384],
  [0x7fffffff, -2.9180993729166234e-10],
  [0x80000000, 2.9180993729166234e-10],
  [0x80000001, 8.754298118749871e-10],
  [0xc0000000, 0.6744897505624251],
  [0xecccccca, 1.4395314671554111],
  [0xeccccccd, 1.4395314720898171],
  [0xf0000000, 1.5341205452991358],
  [0xdeadbeef, 1.1256287403742193],
  [0xfffffffe, 6.166429517819749],
  [0xffffffff, 6.337957754553789],
] as const;

describe('normalQuantile', () => {
  it.each(PYTHON)("of word %i is Python's %d", (word, expected) => {
    expect(Math.abs(normalQuantile(word) / expected - 1)).toBeLessThan(1e-15);
  });

  it('is odd about the middle of the words', () => {
    for (let i = 0; i < 10_000; i++) {
      const word = (i * 0x9e3779b9) >>> 0;
      expect(normalQuantile(0xffffffff - word)).toBe(-normalQuantile(word));
    }
  });

  it('rises with the word, across the seams of its regions too', () => {
    for (const seam of [0, 0x13333333, 0x80000000, 0xeccccccc, 0xffffffff - 1000]) {
      for (let word = Math.max(0, seam - 1000); word < seam + 1000; word++) {
        expect(normalQuantile(word + 1)).toBeGreaterThan(normalQuantile(word));
      }
    }
  });
});
