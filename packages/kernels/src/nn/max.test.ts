import { describe, expect, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import { RAGGED_COUNTS } from '../testing/special-numbers.ts';

const bench = await createKernelBench();

function max(outer: number, reduce: number, inner: number, x: Float32Array): Float32Array {
  const at = bench.put(Float32Array.of(0, ...x)) + 4;
  return bench.take(outer * inner, (y) => bench.nn.max(outer, reduce, inner, at, y));
}

describe('max', () => {
  it('is the plain loop, over rows and over columns', () => {
    for (const inner of RAGGED_COUNTS) {
      for (const reduce of RAGGED_COUNTS) {
        const x = randomNumbers(3 * reduce * inner, inner);
        const expected = Float32Array.from({ length: 3 * inner }, (_, index) => {
          const [i, j] = [Math.floor(index / inner), index % inner];
          return Math.max(...Array.from({ length: reduce }, (_, r) => x[(i * reduce + r) * inner + j]!));
        });
        expectSameNumbers(max(3, reduce, inner, x), expected, `[3, ${reduce}, ${inner}]`);
      }
    }
  });

  it('is NaN where any number is, and puts -0 below 0', () => {
    for (let i = 0; i < 13; i++) {
      const x = new Float32Array(13).fill(1);
      x[i] = Number.NaN;
      expect(max(1, 13, 1, x)[0]).toBeNaN();
      expect([...max(1, 1, 13, x)].map(Number.isNaN)).toEqual(Array.from(x, Number.isNaN));
      const zeros = new Float32Array(13).fill(-0);
      expectSameNumbers(max(1, 13, 1, zeros), [-0]);
      zeros[i] = 0;
      expectSameNumbers(max(1, 13, 1, zeros), [0]);
    }
  });
});
