import { nnFusedBinary } from './generated/nn-fused-binary.ts';
import type { Arithmetic } from './nn/arithmetic.ts';

/**
 * One rounding for a product with the sum that it is added to, by fused multiply-add: faster, as accurate, and other bits than `strict`.
 * Only for engines and machines that have it: see {@link whyNotFused}.
 *
 * @example
 * const nn = await createNnKernels(memory, { arithmetic: fused });
 */
export const fused: Arithmetic = { name: 'fused', binary: nnFusedBinary };

export { whyNotFused } from './nn/why-not-fused.ts';
