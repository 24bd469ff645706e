import { normalRows, type RandomAddress, Stream } from '@latentkit/core';
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

  it('refuses the seeds that core refuses', () => {
    for (const seed of [-1, 0.5, 2 ** 53, Number.NaN]) {
      expect(() => rowsOf(1, 1, { seed, stream: Stream.sample })).toThrowError(/seed/);
    }
  });
});
