/** What `unary` does. The numbers are the ABI of assembly/nn/unary.ts. */
const UNARY = {
  copy: 0,
  neg: 1,
  abs: 2,
  sign: 3,
  square: 4,
  sqrt: 5,
  reciprocal: 6,
  exp: 7,
  expm1: 8,
  log: 9,
  log1p: 10,
  sigmoid: 11,
  softplus: 12,
  tanh: 13,
  relu: 14,
  leakyRelu: 15,
  step: 16,
} as const;

/** What `binary` does. The numbers are the ABI of assembly/nn/binary.ts. */
const BINARY = {
  add: 0,
  sub: 1,
  mul: 2,
  div: 3,
  maximum: 4,
  minimum: 5,
  squaredDifference: 6,
} as const;

export type UnaryOperation = keyof typeof UNARY;
export type BinaryOperation = keyof typeof BINARY;

/** Kernels that go through numbers one by one, and sums. A number's bits depend on its operands alone, not on its place. */
export interface ElementwiseKernels {
  /**
   * `y[i] = operation(x[i])`; y may be x. `alpha` (0 by default) is the slope of `leakyRelu` below zero, and what `step`
   * is where x is not above zero.
   *
   * Errors in units in the last place are at most: exp and log 1, expm1 and log1p 1.5, softplus 2, sigmoid and tanh 3. NaN
   * stays NaN, except that its `sign` is 0, as in TensorFlow.js.
   */
  unary(operation: UnaryOperation, count: number, x: number, y: number, alpha?: number): void;
  /** `y[i] = high` above it, `low` below it, else `x[i]`; NaN stays NaN; y may be x. */
  clip(count: number, x: number, low: number, high: number, y: number): void;
  /**
   * `y[i, j] = operation(a[i, j], b[i, j])`, y dense, `[outer, inner]`. Element `(i, j)` of an operand is its number
   * `i * outerStride + j * innerStride`, where `innerStride` is 0 or 1. y may be an operand of y's layout.
   */
  binary(
    operation: BinaryOperation,
    outer: number,
    inner: number,
    a: number,
    aOuterStride: number,
    aInnerStride: number,
    b: number,
    bOuterStride: number,
    bInnerStride: number,
    y: number,
  ): void;
  /**
   * Gradient of ReLU (`alpha` 0) or LeakyReLU from its output: `out[i] = dy[i] * step(y[i])`, the bits of `unary` and
   * `binary`; out may be dy or y.
   */
  activationGradient(count: number, dy: number, y: number, alpha: number, out: number): void;
  /** `y[i] = value`. */
  fill(count: number, value: number, y: number): void;
  /** `y[i] = bytes[i] / 255 * scale + offset`: pixels in [0, 1] with 1 and 0, in [-1, 1] with 2 and -1. */
  bytesToFloats(count: number, bytes: number, scale: number, offset: number, y: number): void;
  /**
   * `y[i, j] = sum over r of x[i, r, j]`; x is `[outer, reduce, inner]`.
   *
   * The order is fixed. `inner` above 1: `((0 + x[i, 0, j]) + x[i, 1, j]) + ...`. `inner` of 1: eight sums from +0, sum `l`
   * adding elements `l`, `l + 8`, `l + 16`, ...; then `((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7))`.
   */
  sum(outer: number, reduce: number, inner: number, x: number, y: number): void;
}

/** What assembly/nn exports for {@link ElementwiseKernels}. */
export interface ElementwiseExports {
  unary(operation: number, count: number, x: number, y: number, alpha: number): void;
  clip(count: number, x: number, low: number, high: number, y: number): void;
  binary(...args: number[]): void;
  activationGradient(count: number, dy: number, y: number, alpha: number, out: number): void;
  fill(count: number, value: number, y: number): void;
  bytesToFloats(count: number, bytes: number, scale: number, offset: number, y: number): void;
  sum(outer: number, reduce: number, inner: number, x: number, y: number): void;
}

export function createElementwise(wasm: ElementwiseExports): ElementwiseKernels {
  return {
    unary: (operation, count, x, y, alpha = 0) => wasm.unary(UNARY[operation], count, x, y, alpha),
    clip: wasm.clip,
    binary: (operation, outer, inner, a, aOuter, aInner, b, bOuter, bInner, y) =>
      wasm.binary(BINARY[operation], outer, inner, a, aOuter, aInner, b, bOuter, bInner, y),
    activationGradient: wasm.activationGradient,
    fill: wasm.fill,
    bytesToFloats: wasm.bytesToFloats,
    sum: wasm.sum,
  };
}
