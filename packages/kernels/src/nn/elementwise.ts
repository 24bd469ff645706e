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

/** A number for each of the levels `[outer, middle, inner]`. */
export type ThreeLevels = readonly [outer: number, middle: number, inner: number];

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
   * `y[i, j, k] = operation(a[i, j, k], b[i, j, k])`, y dense, of `sizes`. Element `(i, j, k)` of an operand is its number
   * `i * strides[0] + j * strides[1] + k * strides[2]`, where the last stride is 0 or 1. y may be an operand of y's layout.
   */
  binary(
    operation: BinaryOperation,
    sizes: ThreeLevels,
    a: number,
    aStrides: ThreeLevels,
    b: number,
    bStrides: ThreeLevels,
    y: number,
  ): void;
  /**
   * Gradient of ReLU (`alpha` 0) or LeakyReLU from its output: `out[i] = dy[i] * step(y[i])`, the bits of `unary` and
   * `binary`; out may be dy or y.
   */
  activationGradient(count: number, dy: number, y: number, alpha: number, out: number): void;
  /** `y[i] = value`. */
  fill(count: number, value: number, y: number): void;
  /**
   * `y[i, j] = sum over r of x[i, r, j]`; x is `[outer, reduce, inner]`.
   *
   * The order is fixed. `inner` above 1: `((0 + x[i, 0, j]) + x[i, 1, j]) + ...`. `inner` of 1: eight sums from +0, sum `l`
   * adding elements `l`, `l + 8`, `l + 16`, ...; then `((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7))`.
   */
  sum(outer: number, reduce: number, inner: number, x: number, y: number): void;
  /** `y[i, j] = max over r of x[i, r, j]`; NaN where any of them is, -Infinity of none, and -0 is below 0. */
  max(outer: number, reduce: number, inner: number, x: number, y: number): void;
}

/** What assembly/nn exports for {@link ElementwiseKernels}. */
export interface ElementwiseExports {
  unary(operation: number, count: number, x: number, y: number, alpha: number): void;
  clip(count: number, x: number, low: number, high: number, y: number): void;
  binary(...args: number[]): void;
  activationGradient(count: number, dy: number, y: number, alpha: number, out: number): void;
  fill(count: number, value: number, y: number): void;
  sum(outer: number, reduce: number, inner: number, x: number, y: number): void;
  max(outer: number, reduce: number, inner: number, x: number, y: number): void;
}

export function createElementwise(wasm: ElementwiseExports): ElementwiseKernels {
  return {
    unary: (operation, count, x, y, alpha = 0) => wasm.unary(UNARY[operation], count, x, y, alpha),
    clip: wasm.clip,
    binary: (operation, [outer, middle, inner], a, aStrides, b, bStrides, y) =>
      wasm.binary(BINARY[operation], outer, middle, inner, a, ...aStrides, b, ...bStrides, y),
    activationGradient: wasm.activationGradient,
    fill: wasm.fill,
    sum: wasm.sum,
    max: wasm.max,
  };
}
