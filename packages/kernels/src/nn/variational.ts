/** Passes of variational autoencoders: each gives the bits of the kernels it is composed of, without what lies between. */
export interface VariationalKernels {
  /** `deviation = exp(logVar * 0.5) * noise`, `z = mean + deviation`. */
  reparameterize(
    count: number,
    mean: number,
    logVar: number,
    noise: number,
    deviation: number,
    z: number,
  ): void;
  /** `excess = expm1(logVar)`, `kl[row] = 0.5 * sum(mean^2 + (excess - logVar))`; mean, logVar and excess are `[rows, latent]`. */
  klStandardNormal(
    rows: number,
    latent: number,
    mean: number,
    logVar: number,
    excess: number,
    kl: number,
  ): void;
  /** `nll[row] = sum(softplus(logits) - logits * target)`; logits and target are `[rows, pixels]`. */
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
  /** `output = sigmoid(logits)`, `distance[row] = sum((output - target)^2)`; logits, target and output are `[rows, pixels]`. */
  squaredErrorFromLogits(
    rows: number,
    pixels: number,
    logits: number,
    target: number,
    output: number,
    distance: number,
  ): void;
}

/** assembly/nn exports the same functions. */
export type VariationalExports = VariationalKernels;

export function createVariational(wasm: VariationalExports): VariationalKernels {
  const { reparameterize, klStandardNormal, bernoulliFromLogits, bernoulliBackprop, squaredErrorFromLogits } =
    wasm;
  return {
    reparameterize,
    klStandardNormal,
    bernoulliFromLogits,
    bernoulliBackprop,
    squaredErrorFromLogits,
  };
}
