import { describe, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import { RAGGED_COUNTS, SPECIAL_NUMBERS } from '../testing/special-numbers.ts';

const bench = await createKernelBench();

describe('clip', () => {
  it.each([
    [-1, 1],
    [0, 0.1],
    [Number.NEGATIVE_INFINITY, 0],
    [1, -1],
  ])("to [%d, %d] is tfjs's formula, bit for bit, NaN kept", (low, high) => {
    const formula = (x: number) => {
      if (x > high) return high;
      if (x < low) return low;
      return x;
    };
    for (const x of [SPECIAL_NUMBERS, ...RAGGED_COUNTS.map((count) => randomNumbers(count, count))]) {
      const at = bench.put(x);
      const y = bench.take(x.length, (out) => bench.nn.clip(x.length, at, low, high, out));
      expectSameNumbers(y, Float32Array.from(x, formula));
    }
  });
});

describe('fill', () => {
  it('writes every number and no other', () => {
    for (const count of RAGGED_COUNTS) {
      const y = bench.take(count, (out) => bench.nn.fill(count, 0.1, out));
      expectSameNumbers(y, new Float32Array(count).fill(0.1));
    }
  });
});
