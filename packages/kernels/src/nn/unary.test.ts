import { describe, expect, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import { RAGGED_COUNTS, SPECIAL_NUMBERS } from '../testing/special-numbers.ts';
import type { UnaryOperation } from './elementwise.ts';

const bench = await createKernelBench();
const ALPHA = 0.2;

/** Operations that one float32 rounding defines, as tfjs's CPU backend computes them. */
const EXACT: [UnaryOperation, (x: number) => number][] = [
  ['copy', (x) => x],
  ['neg', (x) => -x],
  ['abs', Math.abs],
  ['sign', (x) => (x < 0 ? -1 : x > 0 ? 1 : 0)],
  ['square', (x) => x * x],
  ['sqrt', Math.sqrt],
  ['reciprocal', (x) => 1 / x],
  ['relu', (x) => Math.max(0, x)],
  ['leakyRelu', (x) => (x < 0 ? Math.fround(ALPHA) * x : x)],
  ['step', (x) => (Number.isNaN(x) ? Number.NaN : x > 0 ? 1 : ALPHA)],
];
const TRANSCENDENTAL = ['exp', 'expm1', 'log', 'log1p', 'sigmoid', 'softplus', 'tanh'] as const;
const ALL = [...EXACT.map(([operation]) => operation), ...TRANSCENDENTAL];

function unary(operation: UnaryOperation, x: Float32Array, shift = 0): Float32Array {
  const at = bench.put(Float32Array.of(...Array(shift).fill(0), ...x)) + 4 * shift;
  return bench.take(x.length, (y) => bench.nn.unary(operation, x.length, at, y, ALPHA));
}

describe('unary', () => {
  it.each(EXACT)('%s is the plain formula, bit for bit', (operation, formula) => {
    expectSameNumbers(unary(operation, SPECIAL_NUMBERS), Float32Array.from(SPECIAL_NUMBERS, formula));
    for (const count of RAGGED_COUNTS) {
      const x = randomNumbers(count, count);
      expectSameNumbers(unary(operation, x), Float32Array.from(x, formula), `${count} numbers`);
    }
  });

  it.each(ALL)('%s gives a number the same bits wherever the range is cut', (operation) => {
    const x = Float32Array.of(...SPECIAL_NUMBERS, ...randomNumbers(50, 1));
    const whole = unary(operation, x);
    for (let cut = 0; cut <= x.length; cut++) {
      const parts = [...unary(operation, x.slice(0, cut)), ...unary(operation, x.slice(cut))];
      expectSameNumbers(parts, whole, `cut at ${cut}`);
    }
  });

  it.each(ALL)('%s gives the same bits in place and at any multiple of four bytes', (operation) => {
    for (const count of RAGGED_COUNTS) {
      const x = randomNumbers(count, count);
      const expected = unary(operation, x);
      for (const shift of [1, 2, 3])
        expectSameNumbers(unary(operation, x, shift), expected, `shift ${shift}`);
      const at = bench.put(x);
      const inPlace = bench.take(count, (y) => {
        bench.nn.unary('copy', count, at, y);
        bench.nn.unary(operation, count, y, y, ALPHA);
      });
      expectSameNumbers(inPlace, expected, `${count} in place`);
    }
  });

  it.each(ALL)('%s lets no NaN get lost, but for its sign', (operation) => {
    const y = unary(operation, Float32Array.of(1, Number.NaN, 1, 1, 1, Number.NaN));
    expect([...y].map(Number.isNaN)).toEqual(
      operation === 'sign' ? Array(6).fill(false) : [false, true, false, false, false, true],
    );
  });

  it('softplus and sigmoid far below zero are exp, not zero', () => {
    const x = Float32Array.of(-20, -50, -80);
    expectSameNumbers(unary('softplus', x), unary('exp', x));
    expectSameNumbers(unary('sigmoid', x), unary('exp', x));
  });
});
