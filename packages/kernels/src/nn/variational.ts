/** Passes of variational autoencoders: each gives the bits of the kernels it is composed of, without what lies between. */
export interface VariationalKernels {
  /** `nll[row] = sum((relu(logits) - logits * target) + softplus(-|logits|))`; logits and target are `[rows, pixels]`. */
  bernoulliFromLogits(rows: number, pixels: number, logits: number, target: number, nll: number): void;
  /** `dLogits = (sigmoid(logits) - target) * upstream[row]`; logits, target and dLogits are `[rows, pixels]`. */
  bernoulliBackprop(
    rows: number,
    pixels: number,
    logits: number,
    target: number,
    upstream: number,
    dLogits: number,
  ): void;
}

/** assembly/nn exports the same functions. */
export type VariationalExports = VariationalKernels;

export function createVariational({
  bernoulliBackprop,
  bernoulliFromLogits,
}: VariationalExports): VariationalKernels {
  return { bernoulliBackprop, bernoulliFromLogits };
}
