import type { FusedActivation } from '../nn/epilogue.ts';

export interface NaiveEpilogue {
  bias?: Float32Array;
  activation?: FusedActivation;
  alpha?: number;
}

/** `sum + x y`, rounded to float32 after the product and after the sum. */
const multiplyAdd = (x: number, y: number, sum: number) => Math.fround(sum + Math.fround(x * y));

const word = new DataView(new ArrayBuffer(8));

/** `sum + x y` of float32 numbers, rounded to float32 once. */
export function fusedMultiplyAdd(x: number, y: number, sum: number): number {
  const product = x * y; // exact: 48 bits
  const near = product + sum;
  // What float64 lost of it (Knuth's TwoSum). Rounded to odd, a float64 rounds to float32 as the exact number would (Boldo & Melquiond 2008).
  const back = near - product;
  const lost = product - (near - back) + (sum - back);
  word.setFloat64(0, near);
  const bits = word.getBigInt64(0);
  if (lost === 0 || !Number.isFinite(near) || (bits & 1n) === 1n) return Math.fround(near);
  word.setBigInt64(0, bits + (lost > 0 === near > 0 ? 1n : -1n));
  return Math.fround(word.getFloat64(0));
}

/**
 * `activation(a b + bias)` as the kernel promises it: each element adds its products in the order of k, rounded to
 * float32 after each product and each sum, or by `fusedMultiplyAdd`. `a(i, l)` and `b(l, j)` give the operands' elements.
 */
export function naiveGemm(
  [m, n, k]: readonly [number, number, number],
  a: (i: number, l: number) => number,
  b: (l: number, j: number) => number,
  epilogue: NaiveEpilogue = {},
  add = multiplyAdd,
): Float32Array {
  const c = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum = add(a(i, l), b(l, j), sum);
      c[i * n + j] = naiveEpilogue(sum, j, epilogue);
    }
  }
  return c;
}

/** What a product's number of column `j` becomes by bias and activation. */
export function naiveEpilogue(
  x: number,
  j: number,
  { bias, activation = 'linear', alpha = 0 }: NaiveEpilogue,
): number {
  const sum = bias ? Math.fround(x + bias[j]!) : x;
  if (activation === 'relu') return Math.max(sum, 0);
  if (activation === 'leakyRelu') return sum < 0 ? Math.fround(sum * Math.fround(alpha)) : sum;
  return sum;
}
