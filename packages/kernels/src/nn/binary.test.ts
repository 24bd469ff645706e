import { describe, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import { RAGGED_COUNTS, SPECIAL_NUMBERS } from '../testing/special-numbers.ts';
import type { BinaryOperation } from './elementwise.ts';

const bench = await createKernelBench();

const OPERATIONS: [BinaryOperation, (a: number, b: number) => number][] = [
  ['add', (a, b) => a + b],
  ['sub', (a, b) => a - b],
  ['mul', (a, b) => a * b],
  ['div', (a, b) => a / b],
  ['maximum', Math.max],
  ['minimum', Math.min],
  ['squaredDifference', (a, b) => Math.fround(a - b) ** 2],
];
type Strides = readonly [outer: number, inner: number];

const layoutsOf = (inner: number): [string, Strides][] => [
  ['dense', [inner, 1]],
  ['wider rows', [inner + 3, 1]],
  ['one row', [0, 1]],
  ['one column', [1, 0]],
  ['a far column', [5, 0]],
  ['one number', [0, 0]],
];

function operandOf(outer: number, inner: number, [o, i]: Strides, index: number): Float32Array {
  const empty = outer === 0 || inner === 0;
  return randomNumbers(empty ? 0 : (outer - 1) * o + (inner - 1) * i + 1, index);
}

function binary(
  operation: BinaryOperation,
  [outer, inner]: readonly [number, number],
  [a, aStrides]: readonly [Float32Array, Strides],
  [b, bStrides]: readonly [Float32Array, Strides],
): Float32Array {
  const [aAt, bAt] = [bench.put(a), bench.put(Float32Array.of(0, ...b)) + 4];
  return bench.take(outer * inner, (y) =>
    bench.nn.binary(operation, outer, inner, aAt, ...aStrides, bAt, ...bStrides, y),
  );
}

function naive(
  formula: (a: number, b: number) => number,
  [outer, inner]: readonly [number, number],
  [a, [aOuter, aInner]]: readonly [Float32Array, Strides],
  [b, [bOuter, bInner]]: readonly [Float32Array, Strides],
): Float32Array {
  return Float32Array.from({ length: outer * inner }, (_, index) => {
    const [i, j] = [Math.floor(index / inner), index % inner];
    return formula(a[i * aOuter + j * aInner]!, b[i * bOuter + j * bInner]!);
  });
}

describe.each(OPERATIONS)('binary %s', (operation, formula) => {
  it('is the plain loop, bit for bit, for every pair of layouts', () => {
    for (const outer of [0, 1, 2, 5, 17]) {
      for (const inner of RAGGED_COUNTS) {
        for (const [nameA, stridesA] of layoutsOf(inner)) {
          for (const [nameB, stridesB] of layoutsOf(inner)) {
            const a = [operandOf(outer, inner, stridesA, 1), stridesA] as const;
            const b = [operandOf(outer, inner, stridesB, 2), stridesB] as const;
            const what = `[${outer}, ${inner}] of ${nameA} and ${nameB}`;
            const sizes = [outer, inner] as const;
            expectSameNumbers(binary(operation, sizes, a, b), naive(formula, sizes, a, b), what);
          }
        }
      }
    }
  });

  it('takes NaN, infinities and zeros where the formula does', () => {
    const count = SPECIAL_NUMBERS.length;
    const a = [SPECIAL_NUMBERS, [1, 0]] as const;
    const b = [SPECIAL_NUMBERS, [0, 1]] as const;
    expectSameNumbers(binary(operation, [count, count], a, b), naive(formula, [count, count], a, b));
  });

  it('may write over an operand', () => {
    for (const count of RAGGED_COUNTS) {
      const [a, b] = [randomNumbers(count, 1), randomNumbers(count, 2)];
      const [aAt, bAt] = [bench.put(a), bench.put(b)];
      const y = bench.take(count, (out) => {
        bench.nn.unary('copy', count, aAt, out);
        bench.nn.binary(operation, 1, count, out, count, 1, bAt, count, 1, out);
      });
      expectSameNumbers(
        y,
        Float32Array.from(a, (one, i) => formula(one, b[i]!)),
      );
    }
  });
});
