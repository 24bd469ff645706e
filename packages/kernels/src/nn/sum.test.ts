import { describe, expect, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { naiveRowSum } from '../testing/naive-sum.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import { RAGGED_COUNTS } from '../testing/special-numbers.ts';

const bench = await createKernelBench();

function sum(outer: number, reduce: number, inner: number, x: Float32Array, shift = 0): Float32Array {
  const at = bench.put(Float32Array.of(...Array(shift).fill(0), ...x)) + 4 * shift;
  return bench.take(outer * inner, (y) => bench.nn.sum(outer, reduce, inner, at, y));
}

describe('sum', () => {
  it.each([0, 1, 2, 3])('of rows adds in the promised order, from %d numbers past an alignment', (shift) => {
    for (const outer of [0, 1, 3]) {
      for (const reduce of [...RAGGED_COUNTS, 784]) {
        const x = randomNumbers(outer * reduce, reduce);
        const expected = Float32Array.from({ length: outer }, (_, i) =>
          naiveRowSum(x.subarray(i * reduce, (i + 1) * reduce)),
        );
        expectSameNumbers(sum(outer, reduce, 1, x, shift), expected, `[${outer}, ${reduce}]`);
      }
    }
  });

  it('of columns adds row after row, whatever lies beside a column', () => {
    for (const inner of [2, ...RAGGED_COUNTS.slice(2), 35]) {
      for (const reduce of RAGGED_COUNTS) {
        const x = randomNumbers(2 * reduce * inner, inner);
        const expected = new Float32Array(2 * inner);
        for (let i = 0; i < 2; i++) {
          for (let r = 0; r < reduce; r++) {
            for (let j = 0; j < inner; j++) expected[i * inner + j]! += x[(i * reduce + r) * inner + j]!;
          }
        }
        expectSameNumbers(sum(2, reduce, inner, x), expected, `[2, ${reduce}, ${inner}]`);
      }
    }
  });

  it('of nothing and of negative zeros is zero', () => {
    expect([...sum(2, 0, 1, new Float32Array(0))]).toEqual([0, 0]);
    for (const count of [1, 4, 9]) {
      expectSameNumbers(sum(1, count, 1, new Float32Array(count).fill(-0)), [0]);
      expectSameNumbers(sum(1, count, 2, new Float32Array(2 * count).fill(-0)), [0, 0]);
    }
  });

  it('lets no NaN get lost', () => {
    for (let i = 0; i < 13; i++) {
      const x = new Float32Array(13).fill(1);
      x[i] = Number.NaN;
      expect(sum(1, 13, 1, x)[0]).toBeNaN();
      expect([...sum(1, 1, 13, x)].map(Number.isNaN)).toEqual(Array.from(x, Number.isNaN));
    }
  });
});
