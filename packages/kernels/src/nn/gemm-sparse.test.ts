import { expect, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { type NaiveEpilogue, naiveGemm } from '../testing/naive-gemm.ts';
import { randomNumbers } from '../testing/random-numbers.ts';

const bench = await createKernelBench();

/** Four in five numbers are zeros, every third of them negative; one row and one column are nothing else. */
function mostlyZeros(m: number, k: number, index: number): Float32Array {
  const keep = randomNumbers(m * k, index + 100);
  return randomNumbers(m * k, index).map((number, at) => {
    if (keep[at]! > 1 && Math.floor(at / k) !== 5 && at % k !== 7) return number;
    return at % 3 ? 0 : -0;
  });
}

/** The product by the kernel and by the plain loop, of a as it is or stored transposed. */
function multiply(
  [m, n, k]: readonly [number, number, number],
  a: Float32Array,
  b: Float32Array,
  transposed: boolean,
  { bias, ...rest }: NaiveEpilogue = {},
) {
  const stored = transposed ? a.map((_, at) => a[(at % m) * k + Math.floor(at / m)]!) : a;
  const [left, right, biasAt] = [bench.put(stored), bench.put(b), bias ? bench.put(bias) : 0];
  const strides = transposed ? { rowStride: 1, columnStride: m } : { rowStride: k, columnStride: 1 };
  const c = bench.take(m * n, (out) =>
    bench.nn.gemm(
      ...([m, n, k] as const),
      { pointer: left, ...strides },
      { pointer: right, rowStride: n, columnStride: 1 },
      out,
      { bias: biasAt, ...rest },
    ),
  );
  const at = (i: number, l: number) => a[i * k + l]!;
  return { c, expected: naiveGemm([m, n, k], at, (l, j) => b[l * n + j]!, { bias, ...rest }) };
}

const SIZES = [
  [16, 128, 16],
  [64, 133, 70],
  [259, 165, 64], // more rows than a block has
  [17, 137, 600],
  [130, 128, 530],
] as const;

it.each(SIZES)('an a of few nonzero numbers changes no bit: %d x %d x %d', (m, n, k) => {
  const a = mostlyZeros(m, k, 1);
  const b = randomNumbers(k * n, 2);
  for (const transposed of [false, true]) {
    for (const activation of ['linear', 'relu', 'leakyRelu'] as const) {
      const epilogue = { bias: randomNumbers(n, 3), activation, alpha: 0.2 };
      const { c, expected } = multiply([m, n, k], a, b, transposed, epilogue);
      expectSameNumbers(c, expected, activation);
    }
    const { c, expected } = multiply([m, n, k], a, b, transposed);
    expectSameNumbers(c, expected, 'without epilogue');
  }
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  'zeros are multiplied with a %d in b, wherever it lies',
  (odd) => {
    const [m, n, k] = [20, 137, 64];
    const a = mostlyZeros(m, k, 4);
    // Column 7 of a is zeros: its row of b matters only if zeros are multiplied.
    for (const place of [0, 36, 7 * n, 7 * n + 25, 7 * n + 44, 7 * n + 63, 7 * n + 135, k * n - 1]) {
      const b = randomNumbers(k * n, 5);
      b[place] = odd;
      const { c, expected } = multiply([m, n, k], a, b, false);
      expectSameNumbers(c, expected, `number ${place}`);
      expect(c.some(Number.isNaN)).toBe(true);
    }
  },
);

it('sums of nothing but zeros are +0', () => {
  const [m, n, k] = [16, 128, 16];
  const { c } = multiply([m, n, k], new Float32Array(m * k).fill(-0), randomNumbers(k * n, 6), false);
  expectSameNumbers(c, new Float32Array(m * n));
});
