/**
 * Updates of `count` parameters `p` by their gradients `g`, in place, slots too.
 *
 * Each is the sequence of float32 operations that the optimizer of its name in `@latentkit/trainers` runs, rounded after
 * each one: the same bits. Coefficients become float32 as scalars of a tensor do: compute them in float64 and pass them.
 */
export interface OptimizerKernels {
  /** `m = beta1 m + oneMinusBeta1 g`, `v = beta2 v + oneMinusBeta2 g^2`, `p -= m / (sqrt(v) / correctionV + epsilon) * rate`. */
  adam(
    count: number,
    p: number,
    g: number,
    m: number,
    v: number,
    beta1: number,
    oneMinusBeta1: number,
    beta2: number,
    oneMinusBeta2: number,
    /** `sqrt(1 - beta2^step)`. */
    correctionV: number,
    epsilon: number,
    /** `learningRate / (1 - beta1^step)`. */
    rate: number,
  ): void;
  /** `m = beta1 m + oneMinusBeta1 g`, `u = max(beta2 u, |g| + epsilon)`, `p -= m / u * rate`. */
  adamax(
    count: number,
    p: number,
    g: number,
    m: number,
    u: number,
    beta1: number,
    oneMinusBeta1: number,
    beta2: number,
    epsilon: number,
    /** `learningRate / (1 - beta1^step)`. */
    rate: number,
  ): void;
  /** `v = rho v + oneMinusRho g^2`, `p -= g / (sqrt(v) + epsilon) * rate`. */
  rmsprop(
    count: number,
    p: number,
    g: number,
    v: number,
    rho: number,
    oneMinusRho: number,
    epsilon: number,
    rate: number,
  ): void;
  /** `p -= g * rate`. */
  sgd(count: number, p: number, g: number, rate: number): void;
  /** `velocity = momentum velocity + g`, `p -= velocity * rate`. */
  momentum(count: number, p: number, g: number, velocity: number, momentum: number, rate: number): void;
  /** `velocity = momentum velocity + g`, `p -= (g + momentum velocity) * rate`. */
  nesterov(count: number, p: number, g: number, velocity: number, momentum: number, rate: number): void;
}

/** assembly/nn exports the same functions. */
export type OptimizerExports = OptimizerKernels;

export function createOptimizerKernels(wasm: OptimizerExports): OptimizerKernels {
  const { adam, adamax, rmsprop, sgd, momentum, nesterov } = wasm;
  return { adam, adamax, rmsprop, sgd, momentum, nesterov };
}
