import { nnBinary } from '../generated/nn-binary.ts';

/** How sums of products (products of matrices, convolutions, their gradients) are rounded. Plain data, which workers can be sent. */
export interface Arithmetic {
  readonly name: 'strict' | 'fused';
  /** The kernels that compute so: WebAssembly, base64. */
  readonly binary: string;
}

/**
 * One rounding for each product and one for each sum: the same bits on every engine and machine. What everything computes by,
 * unless it is told otherwise; `fused` of `@latentkit/kernels/nn-fused` is the other.
 */
export const strict: Arithmetic = { name: 'strict', binary: nnBinary };
