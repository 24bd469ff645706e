import type { Random } from '@latentkit/core';

/** `a^T b`, summed in four parts: in one, each addition would wait for the one before. */
export function dot(a: Float64Array, b: Float64Array): number {
  const length = a.length;
  const even = length - (length % 4);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let i = 0; i < even; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (let i = even; i < length; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}

/** `y += factor x` */
export function addScaled(y: Float64Array, factor: number, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i]! += factor * x[i]!;
}

/** Takes out of `x` what it has of orthonormal vectors. Twice: what rounding leaves the first time is gone then. */
export function removeFrom(x: Float64Array, vectors: readonly Float64Array[]): void {
  for (let pass = 0; pass < 2; pass++) {
    for (const vector of vectors) addScaled(x, -dot(x, vector), vector);
  }
}

export function norm(x: Float64Array): number {
  return Math.sqrt(dot(x, x));
}

/** A random vector of length 1, orthogonal to fewer orthonormal vectors than it has numbers. */
export function randomUnit(size: number, vectors: readonly Float64Array[], random: Random): Float64Array {
  for (;;) {
    const x = Float64Array.from({ length: size }, () => random.uniform() - 0.5);
    const before = norm(x);
    removeFrom(x, vectors);
    const length = norm(x);
    // In few dimensions hardly anything may be left, and that would be rounding errors.
    if (length > 1e-6 * before) return x.map((value) => value / length);
  }
}
