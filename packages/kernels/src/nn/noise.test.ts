import { drawNoise, normalRows, type RandomAddress, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';

const bench = await createKernelBench();

const rowsOf = (rows: number, columns: number, address: RandomAddress) =>
  bench.take(rows * columns, (y) => bench.nn.normalRows(rows, columns, address, y));

describe('normalRows', () => {
  it("is core's, bit for bit, at every width", () => {
    for (const seed of [0, 1, 1234, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1]) {
      for (const step of [0, 17, 2 ** 31, 2 ** 32 - 1]) {
        for (let columns = 0; columns <= 20; columns++) {
          const address = { seed, stream: Stream.latentNoise, step, index: 3 * columns };
          const what = `seed ${seed}, step ${step}, ${columns} columns`;
          expectSameNumbers(rowsOf(5, columns, address), normalRows(5, columns, address), what);
        }
      }
    }
  });

  it("is core's from any word on", () => {
    const whole = normalRows(3, 23, { seed: 9, stream: Stream.sample, step: 4 });
    for (const word of [0, 1, 2, 3, 4, 5, 11, 22]) {
      for (const columns of [1, 2, 5, 23 - word]) {
        const address = { seed: 9, stream: Stream.sample, step: 4, word };
        const expected = [0, 1, 2].flatMap((row) => [
          ...whole.subarray(23 * row + word, 23 * row + Math.min(word + columns, 23)),
        ]);
        if (word + columns <= 23) {
          expectSameNumbers(rowsOf(3, columns, address), Float32Array.from(expected), `word ${word}`);
        }
      }
    }
    const last = { seed: 9, stream: Stream.sample, word: 2 ** 34 - 6 };
    expectSameNumbers(rowsOf(2, 6, last), normalRows(2, 6, last));
  });

  it("is core's far into the tails", () => {
    const address = { seed: 7, stream: Stream.sample };
    const expected = normalRows(1000, 1000, address);
    expect(expected.reduce((largest, z) => Math.max(largest, Math.abs(z)), 0)).toBeGreaterThan(4.5);
    expectSameNumbers(rowsOf(1000, 1000, address), expected);
  });

  it("is core's where indices begin again at zero, and by default", () => {
    const address = { seed: 5, stream: Stream.latentNoise };
    expectSameNumbers(rowsOf(3, 2, address), normalRows(3, 2, address));
    const last = { ...address, index: 2 ** 32 - 2 };
    expectSameNumbers(rowsOf(4, 3, last), normalRows(4, 3, last));
  });

  it('refuses the seeds and words that core refuses', () => {
    for (const seed of [-1, 0.5, 2 ** 53, Number.NaN]) {
      expect(() => rowsOf(1, 1, { seed, stream: Stream.sample })).toThrowError(/seed/);
    }
    for (const word of [-1, 0.5, 2 ** 34]) {
      expect(() => rowsOf(1, 1, { seed: 1, stream: Stream.sample, word })).toThrowError(/word/);
    }
  });
});

it('uniformRows gives the uniform numbers of drawNoise, bit for bit', () => {
  for (const word of [0, 3]) {
    const address = { seed: 2 ** 40 + 3, stream: Stream.latentNoise, step: 8, index: 5, word };
    const y = bench.take(7 * 9, (at) => bench.nn.uniformRows(7, 9, address, at));
    const { data } = drawNoise({ u: { distribution: 'uniform', shape: [9] } }, 7, address)['noise.u']!;
    expectSameNumbers(y, data);
  }
});
