import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from './normal-quantile.ts';
import { philox4x32 } from './philox.ts';
import { createRandom } from './random.ts';
import { Stream } from './stream.ts';

const ADDRESS = { seed: 42, stream: Stream.weights };

/** Little-endian bytes of 1000 draws, hashed. */
function hashOfDraws(draw: () => number): string {
  const bytes = new DataView(new ArrayBuffer(8000));
  for (let i = 0; i < 1000; i++) bytes.setFloat64(8 * i, draw(), true);
  return createHash('sha256').update(bytes).digest('hex');
}

describe('createRandom', () => {
  it('reads word i from Philox with the address as key and counter', () => {
    const random = createRandom({ seed: 5 * 2 ** 32 + 9, stream: Stream.digits, step: 11, index: 22 });
    const expected = new Uint32Array(8);
    philox4x32(9, 5, 0, 22, 11, Stream.digits, expected, 0);
    philox4x32(9, 5, 1, 22, 11, Stream.digits, expected, 4);
    expect(Array.from({ length: 8 }, () => random.word())).toEqual([...expected]);
  });

  it('begins at any word', () => {
    const whole = createRandom(ADDRESS);
    const words = Array.from({ length: 20 }, () => whole.word());
    for (let word = 0; word < 12; word++) {
      const random = createRandom({ ...ADDRESS, word });
      expect(Array.from({ length: 8 }, () => random.word())).toEqual(words.slice(word, word + 8));
    }
    const far = new Uint32Array(4);
    philox4x32(42, 0, 2 ** 32 - 1, 0, 0, Stream.weights, far, 0);
    expect(createRandom({ ...ADDRESS, word: 2 ** 34 - 1 }).word()).toBe(far[3]);
  });

  it.each([-1, 0.5, 2 ** 34, Number.NaN])('refuses to begin at word %d', (word) => {
    expect(() => createRandom({ ...ADDRESS, word })).toThrow(
      expect.objectContaining({ code: 'E_RANGE', message: expect.stringContaining(`2^34 - 1, got ${word}`) }),
    );
  });

  it('begins seed 0 with the first known answer of Random123', () => {
    const random = createRandom({ seed: 0, stream: Stream.weights });
    expect([random.word(), random.word(), random.word(), random.word()]).toEqual([
      0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8,
    ]);
  });

  it('gives each seed, stream, step and index draws of its own', () => {
    const addresses = [
      ADDRESS,
      { ...ADDRESS, seed: 43 },
      { ...ADDRESS, seed: 42 + 2 ** 32 },
      { ...ADDRESS, stream: Stream.shuffle },
      { ...ADDRESS, step: 1 },
      { ...ADDRESS, index: 1 },
    ];
    const first = addresses.map((address) => createRandom(address).word());
    expect(new Set(first).size).toBe(addresses.length);
  });

  it('draws uniform numbers in [0, 1) that float32 holds exactly', () => {
    const random = createRandom(ADDRESS);
    const count = 100_000;
    let mean = 0;
    let square = 0;
    for (let i = 0; i < count; i++) {
      const x = random.uniform();
      if (!(x >= 0 && x < 1) || Math.fround(x) !== x) expect.fail(`draw ${i} is ${x}`);
      mean += x / count;
      square += x ** 2 / count;
    }
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(square - 1 / 3)).toBeLessThan(4 * Math.sqrt(4 / 45 / count));
  });

  it('draws normal numbers with the moments 0, 1, 0 and 3', () => {
    const random = createRandom(ADDRESS);
    const count = 100_000;
    const moments = [0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const z = random.normal();
      for (let k = 0; k < 4; k++) moments[k]! += z ** (k + 1) / count;
    }
    const expected = [0, 1, 0, 3];
    const variance = [1, 2, 15, 96]; // of z^k: E z^2k - (E z^k)^2
    for (let k = 0; k < 4; k++) {
      expect(Math.abs(moments[k]! - expected[k]!)).toBeLessThan(4 * Math.sqrt(variance[k]! / count));
    }
  });

  it('takes one word for one normal number', () => {
    const words = createRandom(ADDRESS);
    const normals = createRandom(ADDRESS);
    for (let i = 0; i < 9; i++) expect(normals.normal()).toBe(normalQuantile(words.word()));
  });

  it.each([1, 2, 7, 1000])('draws whole numbers below %i, all of them', (limit) => {
    const random = createRandom(ADDRESS);
    const seen = new Set(Array.from({ length: 20 * limit }, () => random.integer(limit)));
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: limit }, (_, i) => i));
  });

  // A seed must mean the same tomorrow and on every machine: these hashes may never change.
  it.each([
    ['word', 'cae00bb7963609c328c8035574058e084382c675ff6bd66900cda335e4f452db'],
    ['uniform', 'b41fdbdb6135541506c041c7d09a1aaf8cdf0ce36f0e64786a33fe8daea0436e'],
    ['normal', 'f8cf6a7a05305519715305d0a072ac81ff5e209673ba3b0897afc21a57897d8f'],
  ] as const)('draws the same %ss on every machine, bit for bit', (method, hash) => {
    expect(hashOfDraws(createRandom({ ...ADDRESS, step: 1, index: 2 })[method])).toBe(hash);
  });

  it.each([-1, 0.5, 2 ** 53, Number.NaN])('refuses the seed %d', (seed) => {
    expect(() => createRandom({ ...ADDRESS, seed })).toThrow(
      `the seed must be a whole number from 0 to 2^53 - 1, got ${seed}`,
    );
  });
});
