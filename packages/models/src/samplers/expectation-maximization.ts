import { LatentkitError, portableExp, portableLog } from '@latentkit/core';
import { choleskyOf, solveLower } from './cholesky.ts';

/** Normal distributions in parts: `weights` `[components]`, `means` `[components, size]`, `covariances` `[components, size, size]`. */
export interface Mixture {
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly covariances: Float64Array;
}

export interface Points {
  readonly data: Float64Array;
  readonly count: number;
  readonly size: number;
}

export interface Fit {
  readonly mixture: Mixture;
  /** Mean of `log p` of the points, in nats, under the mixture before the last step. */
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
}

export interface FitRules {
  /** Stops when a step raises the mean log likelihood by less. */
  readonly tolerance: number;
  readonly iterations: number;
  /** Added to each variance, so that a component of a few equal points keeps some width. */
  readonly leastVariance: number;
}

const LOG_TWO_PI = portableLog(2 * Math.PI);

/** Keeps the share of a component that no point belongs to above 0, as scikit-learn does. */
const LEAST_SHARE = 10 * Number.EPSILON;

/**
 * Raises the likelihood of points under a mixture, step by step: shares of each point, then the components by those shares.
 *
 * @see Bishop 2006, Pattern Recognition and Machine Learning, section 9.2.2
 */
export function expectationMaximization(points: Points, start: Mixture, rules: FitRules): Fit {
  let mixture = start;
  let before = Number.NEGATIVE_INFINITY;
  for (let iteration = 1; ; iteration++) {
    const { shares, logLikelihood } = sharesOf(points, mixture);
    mixture = mixtureOf(points, shares, rules.leastVariance);
    const converged = Math.abs(logLikelihood - before) < rules.tolerance;
    if (converged || iteration >= rules.iterations) {
      return { mixture, logLikelihood, iterations: iteration, converged };
    }
    before = logLikelihood;
  }
}

/** How much of each point is each component's, `[points, components]`, and the mean log likelihood. */
function sharesOf(
  { data, count, size }: Points,
  { weights, means, covariances }: Mixture,
): { shares: Float64Array; logLikelihood: number } {
  const components = weights.length;
  const shares = new Float64Array(count * components);
  const far = new Float64Array(size);
  for (let component = 0; component < components; component++) {
    const lower = choleskyOfComponent(covariances, component, size);
    let constant = portableLog(weights[component]!) - (size * LOG_TWO_PI) / 2;
    for (let d = 0; d < size; d++) constant -= portableLog(lower[d * size + d]!);
    for (let point = 0; point < count; point++) {
      for (let d = 0; d < size; d++) far[d] = data[point * size + d]! - means[component * size + d]!;
      solveLower(lower, far);
      let squares = 0;
      for (let d = 0; d < size; d++) squares += far[d]! * far[d]!;
      shares[point * components + component] = constant - squares / 2;
    }
  }
  let total = 0;
  for (let point = 0; point < count; point++) {
    const own = shares.subarray(point * components, (point + 1) * components);
    const most = own.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    for (let i = 0; i < components; i++) {
      own[i] = portableExp(own[i]! - most);
      sum += own[i]!;
    }
    for (let i = 0; i < components; i++) own[i]! /= sum;
    total += most + portableLog(sum);
  }
  return { shares, logLikelihood: total / count };
}

/** The mixture that fits points best by their shares, each covariance around its own mean. */
export function mixtureOf(
  { data, count, size }: Points,
  shares: Float64Array,
  leastVariance: number,
): Mixture {
  const components = shares.length / count;
  const weights = new Float64Array(components);
  const means = new Float64Array(components * size);
  const covariances = new Float64Array(components * size * size);
  const far = new Float64Array(size);
  for (let component = 0; component < components; component++) {
    let own = LEAST_SHARE;
    for (let point = 0; point < count; point++) own += shares[point * components + component]!;
    const mean = means.subarray(component * size, (component + 1) * size);
    for (let point = 0; point < count; point++) {
      const share = shares[point * components + component]! / own;
      for (let d = 0; d < size; d++) mean[d]! += share * data[point * size + d]!;
    }
    const covariance = covariances.subarray(component * size * size, (component + 1) * size * size);
    for (let point = 0; point < count; point++) {
      const share = shares[point * components + component]! / own;
      if (share === 0) continue;
      for (let d = 0; d < size; d++) far[d] = data[point * size + d]! - mean[d]!;
      for (let d = 0; d < size; d++) {
        const part = share * far[d]!;
        for (let e = 0; e <= d; e++) covariance[d * size + e]! += part * far[e]!;
      }
    }
    for (let d = 0; d < size; d++) {
      covariance[d * size + d]! += leastVariance;
      for (let e = 0; e < d; e++) covariance[e * size + d] = covariance[d * size + e]!;
    }
    weights[component] = own / count;
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { weights: weights.map((weight) => weight / sum), means, covariances };
}

/** @throws `E_NOT_FINITE` for a covariance that is none. */
export function choleskyOfComponent(
  covariances: ArrayLike<number>,
  component: number,
  size: number,
): Float64Array {
  const from = component * size * size;
  const lower = choleskyOf(
    Float64Array.from({ length: size * size }, (_, i) => covariances[from + i]!),
    size,
  );
  if (lower) return lower;
  throw new LatentkitError(
    'E_NOT_FINITE',
    `gaussianMixture: the covariance of component ${component} is not positive definite`,
    { fix: 'Fit fewer components, or raise leastVariance' },
  );
}
