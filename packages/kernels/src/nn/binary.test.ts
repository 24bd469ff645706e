import { describe, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import { RAGGED_COUNTS, SPECIAL_NUMBERS } from '../testing/special-numbers.ts';
import type { BinaryOperation, ThreeLevels } from './elementwise.ts';

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
type Operand = readonly [numbers: Float32Array, strides: ThreeLevels];

const layoutsOf = (inner: number): [string, readonly [outer: number, inner: number]][] => [
  ['dense', [inner, 1]],
  ['wider rows', [inner + 3, 1]],
  ['one row', [0, 1]],
  ['one column', [1, 0]],
  ['a far column', [5, 0]],
  ['one number', [0, 0]],
];

function operandOf(sizes: ThreeLevels, strides: ThreeLevels, index: number): Operand {
  const last = sizes.reduce((sum, size, level) => sum + (size - 1) * strides[level]!, 0);
  return [randomNumbers(sizes.includes(0) ? 0 : last + 1, index), strides];
}

function binary(
  operation: BinaryOperation,
  sizes: ThreeLevels,
  [a, aStrides]: Operand,
  [b, bStrides]: Operand,
): Float32Array {
  const [aAt, bAt] = [bench.put(a), bench.put(Float32Array.of(0, ...b)) + 4];
  const [outer, middle, inner] = sizes;
  return bench.take(outer * middle * inner, (y) =>
    bench.nn.binary(operation, sizes, aAt, aStrides, bAt, bStrides, y),
  );
}

function naive(
  formula: (a: number, b: number) => number,
  [outer, middle, inner]: ThreeLevels,
  [a, aStrides]: Operand,
  [b, bStrides]: Operand,
): Float32Array {
  return Float32Array.from({ length: outer * middle * inner }, (_, index) => {
    const at = [Math.floor(index / inner / middle), Math.floor(index / inner) % middle, index % inner];
    const placeIn = (strides: ThreeLevels) =>
      at.reduce((sum, position, level) => sum + position * strides[level]!, 0);
    return formula(a[placeIn(aStrides)]!, b[placeIn(bStrides)]!);
  });
}

describe.each(OPERATIONS)('binary %s', (operation, formula) => {
  it('is the plain loop, bit for bit, for every pair of layouts', () => {
    for (const middle of [0, 1, 2, 5, 17]) {
      for (const inner of RAGGED_COUNTS) {
        const sizes = [1, middle, inner] as const;
        for (const [nameA, stridesA] of layoutsOf(inner)) {
          for (const [nameB, stridesB] of layoutsOf(inner)) {
            const a = operandOf(sizes, [0, ...stridesA], 1);
            const b = operandOf(sizes, [0, ...stridesB], 2);
            const what = `[${middle}, ${inner}] of ${nameA} and ${nameB}`;
            expectSameNumbers(binary(operation, sizes, a, b), naive(formula, sizes, a, b), what);
          }
        }
      }
    }
  });

  it('is the plain loop over three levels, whichever of them an operand repeats', () => {
    for (const sizes of [
      [0, 2, 3],
      [2, 0, 3],
      [3, 5, 1],
      [3, 2, 17],
    ] as const) {
      const dense = [sizes[1] * sizes[2], sizes[2], 1];
      const repeated = Array.from({ length: 8 }, (_, bits) =>
        dense.map((stride, level) => ((bits >> level) & 1 ? 0 : stride)),
      ) as unknown as ThreeLevels[];
      for (const stridesA of repeated) {
        for (const stridesB of repeated) {
          const [a, b] = [operandOf(sizes, stridesA, 1), operandOf(sizes, stridesB, 2)];
          const what = `[${sizes}] of [${stridesA}] and [${stridesB}]`;
          expectSameNumbers(binary(operation, sizes, a, b), naive(formula, sizes, a, b), what);
        }
      }
    }
  });

  it('takes NaN, infinities and zeros where the formula does', () => {
    const count = SPECIAL_NUMBERS.length;
    const a = [SPECIAL_NUMBERS, [0, 1, 0]] as const;
    const b = [SPECIAL_NUMBERS, [0, 0, 1]] as const;
    const sizes = [1, count, count] as const;
    expectSameNumbers(binary(operation, sizes, a, b), naive(formula, sizes, a, b));
  });

  it('may write over an operand', () => {
    for (const count of RAGGED_COUNTS) {
      const [a, b] = [randomNumbers(count, 1), randomNumbers(count, 2)];
      const [aAt, bAt] = [bench.put(a), bench.put(b)];
      const y = bench.take(count, (out) => {
        bench.nn.unary('copy', count, aAt, out);
        bench.nn.binary(operation, [1, 1, count], out, [0, 0, 1], bAt, [0, 0, 1], out);
      });
      expectSameNumbers(
        y,
        Float32Array.from(a, (one, i) => formula(one, b[i]!)),
      );
    }
  });
});
