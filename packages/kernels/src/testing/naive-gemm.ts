import type { FusedActivation } from '../nn/epilogue.ts';

export interface NaiveEpilogue {
  bias?: Float32Array;
  activation?: FusedActivation;
  alpha?: number;
}

/**
 * `activation(a b + bias)` as the kernel promises it: each element adds its products in the order of k, rounded to
 * float32 after each product and each sum. `a(i, l)` and `b(l, j)` give the operands' elements.
 */
export function naiveGemm(
  [m, n, k]: readonly [number, number, number],
  a: (i: number, l: number) => number,
  b: (l: number, j: number) => number,
  epilogue: NaiveEpilogue = {},
): Float32Array {
  const { fround } = Math;
  const c = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum = fround(sum + fround(a(i, l) * b(l, j)));
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
