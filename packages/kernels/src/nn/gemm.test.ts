import { beforeEach, describe, expect, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { type NaiveEpilogue, naiveGemm } from '../testing/naive-gemm.ts';
import { randomNumbers } from '../testing/random-numbers.ts';

const bench = await createKernelBench();

/** A matrix in memory that is `[rows, columns]` as the product sees it. */
interface Operand {
  numbers: Float32Array;
  rowStride: number;
  columnStride: number;
}

const LAYOUTS = {
  plain: (_rows: number, columns: number) => ({ rowStride: columns, columnStride: 1 }),
  transposed: (rows: number) => ({ rowStride: 1, columnStride: rows }),
  'part of a wider matrix': (_rows: number, columns: number) => ({ rowStride: columns + 3, columnStride: 1 }),
  'every other number': (_rows: number, columns: number) => ({ rowStride: 2 * columns, columnStride: 2 }),
};
type Layout = keyof typeof LAYOUTS;

/** A matrix, given row after row, in a layout; what lies between its numbers is NaN, so that nobody reads it unseen. */
function lay(matrix: Float32Array, [rows, columns]: readonly [number, number], layout: Layout): Operand {
  const strides = LAYOUTS[layout](rows, columns);
  const last = Math.max(0, rows - 1) * strides.rowStride + Math.max(0, columns - 1) * strides.columnStride;
  const numbers = new Float32Array(rows * columns === 0 ? 0 : last + 1).fill(Number.NaN);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      numbers[row * strides.rowStride + column * strides.columnStride] = matrix[row * columns + column]!;
    }
  }
  return { numbers, ...strides };
}

function operand(rows: number, columns: number, layout: Layout, index: number): Operand {
  return lay(randomNumbers(rows * columns, index), [rows, columns], layout);
}

const at =
  ({ numbers, rowStride, columnStride }: Operand) =>
  (row: number, column: number) =>
    numbers[row * rowStride + column * columnStride]!;

function multiply(
  [m, n, k]: readonly [number, number, number],
  a: Operand,
  b: Operand,
  { bias, ...rest }: NaiveEpilogue = {},
): Float32Array {
  const [left, right] = [bench.put(a.numbers), bench.put(b.numbers)];
  const biasAt = bias ? bench.put(bias) : 0;
  return bench.take(m * n, (c) =>
    bench.nn.gemm(m, n, k, { ...a, pointer: left }, { ...b, pointer: right }, c, { bias: biasAt, ...rest }),
  );
}

const SIDES = [0, 1, 3, 4, 5, 8, 17, 129];
const DEPTHS = [0, 1, 2, 3, 4, 5, 8, 17, 255, 257, 513];

function* sizes(): Generator<readonly [number, number, number]> {
  for (const m of SIDES) for (const n of SIDES) for (const k of DEPTHS) yield [m, n, k];
}

const TILES = ['narrow', 'wide'] as const;

// The plain loops and the random numbers take the time: each is run once, for all layouts and both tiles.
describe('gemm by either tile', () => {
  const products = Array.from(sizes(), ([m, n, k]) => {
    const [a, b] = [randomNumbers(m * k, 1), randomNumbers(k * n, 2)];
    const expected = naiveGemm(
      [m, n, k],
      (i, l) => a[i * k + l]!,
      (l, j) => b[l * n + j]!,
    );
    return { size: [m, n, k] as const, a, b, expected };
  });

  it.each([
    ['plain', 'plain'],
    ['transposed', 'plain'],
    ['plain', 'transposed'],
    ['transposed', 'transposed'],
    ['part of a wider matrix', 'every other number'],
    ['every other number', 'part of a wider matrix'],
  ] as [Layout, Layout][])(
    'is the plain loop, bit for bit, of a %s and b %s, at ragged sizes',
    (layoutA, layoutB) => {
      for (const {
        size: [m, n, k],
        expected,
        ...matrices
      } of products) {
        const a = lay(matrices.a, [m, k], layoutA);
        const b = lay(matrices.b, [k, n], layoutB);
        for (const tile of TILES) {
          bench.nn.setTile(tile);
          expectSameNumbers(multiply([m, n, k], a, b), expected, `${tile}: ${m} x ${n} x ${k}`);
        }
      }
    },
  );
});

describe.each(TILES)('gemm by the %s tile', (tile) => {
  beforeEach(() => bench.nn.setTile(tile));

  it.each([
    [130, 513, 3],
    [5, 1025, 260],
    [257, 9, 300],
    [3, 1100, 6], // few rows, and more columns than are added up at once
  ] as const)('is the plain loop across blocks at %d x %d x %d', (m, n, k) => {
    const a = operand(m, k, 'plain', 3);
    const b = operand(k, n, 'plain', 4);
    expectSameNumbers(multiply([m, n, k], a, b), naiveGemm([m, n, k], at(a), at(b)));
  });

  it('is within the rounding of its sums from a product in float64', () => {
    const [m, n, k] = [17, 33, 784];
    const a = operand(m, k, 'plain', 5);
    const b = operand(k, n, 'plain', 6);
    const c = multiply([m, n, k], a, b);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        let magnitude = 0;
        for (let l = 0; l < k; l++) {
          const product = at(a)(i, l) * at(b)(l, j);
          sum += product;
          magnitude += Math.abs(product);
        }
        // Higham, Accuracy and Stability of Numerical Algorithms, equation 3.5: k roundings of at most 2^-24 each.
        expect(Math.abs(c[i * n + j]! - sum)).toBeLessThanOrEqual(((k + 1) * magnitude) / 2 ** 24);
      }
    }
  });

  it.each(['linear', 'relu', 'leakyRelu'] as const)('adds the bias once, then applies %s', (activation) => {
    for (const [m, n, k] of sizes()) {
      if (m > 17 || k > 257) continue;
      const a = operand(m, k, 'plain', 7);
      const b = operand(k, n, 'transposed', 8);
      const epilogue = { bias: randomNumbers(n, 9), activation, alpha: 0.2 };
      const expected = naiveGemm([m, n, k], at(a), at(b), epilogue);
      expectSameNumbers(multiply([m, n, k], a, b, epilogue), expected, `${m} x ${n} x ${k}`);
    }
  });

  it('is the activated bias when there is nothing to add up', () => {
    const nothing = { numbers: new Float32Array(0), rowStride: 0, columnStride: 1 };
    const bias = Float32Array.of(-1, 2, -3);
    const options = { bias, activation: 'relu' } as const;
    expect([...multiply([2, 3, 0], nothing, nothing, options)]).toEqual([0, 2, 0, 0, 2, 0]);
    expect([...multiply([2, 1, 0], nothing, nothing)]).toEqual([0, 0]);
  });

  it.each(['linear', 'relu', 'leakyRelu'] as const)('lets no NaN get lost, with %s', (activation) => {
    const [m, n, k] = [6, 11, 5];
    const a = operand(m, k, 'plain', 10);
    const b = operand(k, n, 'plain', 11);
    a.numbers[2 * k + 3] = Number.NaN; // row 2
    b.numbers[1 * n + 9] = Number.NaN; // column 9
    const c = multiply([m, n, k], a, b, { activation, alpha: 0.2 });
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) expect(Number.isNaN(c[i * n + j])).toBe(i === 2 || j === 9);
    }
  });

  it('makes NaN of a zero times an infinity, and keeps infinities', () => {
    const a = { numbers: Float32Array.of(0, 1, Number.POSITIVE_INFINITY, 1), rowStride: 2, columnStride: 1 };
    const b = { numbers: Float32Array.of(Number.POSITIVE_INFINITY, 1, 1, 1), rowStride: 2, columnStride: 1 };
    expect([...multiply([2, 2, 2], a, b)]).toEqual([
      Number.NaN,
      1,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it('gives an element the same bits wherever it lies and whatever is computed beside it', () => {
    const [m, n, k] = [131, 521, 300];
    const a = operand(m, k, 'plain', 12);
    const b = operand(k, n, 'plain', 13);
    const bias = randomNumbers(n, 14);
    const whole = multiply([m, n, k], a, b, { bias, activation: 'relu' });
    for (const row of [0, 1, 3, 4, 126, 127, 128, 130]) {
      const alone = { ...a, numbers: a.numbers.slice(row * k, (row + 1) * k) };
      const c = multiply([1, n, k], alone, b, { bias, activation: 'relu' });
      expectSameNumbers(c, whole.subarray(row * n, (row + 1) * n), `row ${row}`);
    }
    for (const column of [0, 7, 8, 511, 512, 519, 520]) {
      const alone = { ...b, numbers: b.numbers.slice(column) };
      const c = multiply([m, 1, k], a, alone, { bias: bias.slice(column, column + 1), activation: 'relu' });
      expectSameNumbers(
        c,
        Float32Array.from({ length: m }, (_, i) => whole[i * n + column]!),
        `column ${column}`,
      );
    }
  });
});
