import type { FusedActivation } from '../nn/kernels.ts';

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
  { bias, activation = 'linear', alpha = 0 }: NaiveEpilogue = {},
): Float32Array {
  const { fround } = Math;
  const c = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum = fround(sum + fround(a(i, l) * b(l, j)));
      if (bias) sum = fround(sum + bias[j]!);
      c[i * n + j] = naiveActivation(sum, activation, fround(alpha));
    }
  }
  return c;
}

function naiveActivation(x: number, activation: FusedActivation, alpha: number): number {
  if (activation === 'relu') return Math.max(x, 0);
  if (activation === 'leakyRelu') return x < 0 ? Math.fround(x * alpha) : x;
  return x;
}
