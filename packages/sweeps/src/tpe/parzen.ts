import { portableExp, portableLog, type Random } from '@latentkit/core';
import { boundsOf, type Dimension, fromEven, type Numbers, toEven } from '../space/dimension.ts';
import { normalMass } from './normal-mass.ts';

const HALF_LOG_TWO_PI = 0.9189385332046728;
const RECENT = 25; // trials that count in full

/** A density over some dimensions. A point has a number a dimension: where it lies evenly, or the place of a choice. */
export interface ParzenEstimator {
  sample(random: Random): number[];
  logDensity(point: readonly number[]): number;
}

/** A dimension of a mixture: every kernel has a density of its own there. */
interface KernelDimension {
  sample(kernel: number, random: Random): number;
  logDensity(kernel: number, x: number): number;
}

/**
 * The Parzen estimator of TPE: a kernel on each point and one over all of the space, by the rules of Optuna 5. Of numbers, kernels are
 * normals cut off at the range's ends, as wide as the farther of their neighbours is away, between `1 / min(100, kernels + 1)` of the
 * range and all of it; of choices, weights of 1 on the point's and `1 / kernels` on every one. The newest 25 points and the kernel over
 * all weigh 1, older ones less and less.
 *
 * @param points oldest first.
 * @see Bergstra, Bardenet, Bengio & Kegl: "Algorithms for Hyper-Parameter Optimization" (2011); Watanabe: "Tree-Structured Parzen
 * Estimator" (2023)
 */
export function createParzen(
  dimensions: readonly Dimension[],
  points: readonly (readonly number[])[],
): ParzenEstimator {
  const weights = weightsOf(points.length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = dimensions.map((dimension, d) => {
    const observed = points.map((point) => point[d]!);
    return dimension.kind === 'choices'
      ? choiceKernels(dimension.values.length, observed)
      : numberKernels(dimension, observed);
  });
  return {
    sample(random) {
      const kernel = pick(weights, random.uniform() * total);
      return parts.map((part) => part.sample(kernel, random));
    },
    logDensity(point) {
      const logs = weights.map((weight, kernel) =>
        parts.reduce((sum, part, d) => sum + part.logDensity(kernel, point[d]!), portableLog(weight / total)),
      );
      const most = Math.max(...logs);
      return most + portableLog(logs.reduce((sum, log) => sum + portableExp(log - most), 0));
    },
  };
}

/** Of so many points, oldest first, and of the kernel over all. */
function weightsOf(count: number): number[] {
  const old = Math.max(0, count - RECENT);
  return Array.from({ length: count + 1 }, (_, i) => {
    if (i >= old) return 1;
    return 1 / count + (old === 1 ? 0 : ((1 - 1 / count) * i) / (old - 1));
  });
}

function choiceKernels(choices: number, observed: readonly number[]): KernelDimension {
  const prior = 1 / (observed.length + 1);
  const weights = [...observed, -1].map((at) =>
    Array.from({ length: choices }, (_, i) => prior + (i === at ? 1 : 0)),
  );
  const totals = weights.map((row) => row.reduce((sum, weight) => sum + weight, 0));
  return {
    sample: (kernel, random) => pick(weights[kernel]!, random.uniform() * totals[kernel]!),
    logDensity: (kernel, x) => portableLog(weights[kernel]![x]! / totals[kernel]!),
  };
}

function numberKernels(dimension: Numbers, observed: readonly number[]): KernelDimension {
  const { low, high } = boundsOf(dimension);
  const range = high - low;
  const means = [...observed, (low + high) / 2];
  const widths = [...widthsOf(observed, low, high), range];
  const inRange = means.map((mean, k) => normalMass((low - mean) / widths[k]!, (high - mean) / widths[k]!));
  const logs = inRange.map(portableLog);
  return {
    sample(kernel, random) {
      for (;;) {
        const even = means[kernel]! + widths[kernel]! * random.normal();
        if (even < low || even > high) continue;
        return dimension.step === undefined ? even : toEven(dimension, fromEven(dimension, even));
      }
    },
    logDensity(kernel, x) {
      const [mean, width] = [means[kernel]!, widths[kernel]!];
      if (dimension.step === undefined) {
        const z = (x - mean) / width;
        return (-z * z) / 2 - HALF_LOG_TWO_PI - portableLog(width) - logs[kernel]!;
      }
      const [from, to] = stepAround(dimension, x);
      return portableLog(normalMass((from - mean) / width, (to - mean) / width)) - logs[kernel]!;
    },
  };
}

/** What rounds to a step. */
function stepAround(dimension: Numbers, even: number): [number, number] {
  const value = fromEven(dimension, even);
  const half = dimension.step! / 2;
  return [toEven(dimension, value - half), toEven(dimension, value + half)];
}

/** The way to the farther neighbour, where the range's ends are neighbours of a lone point only. */
function widthsOf(observed: readonly number[], low: number, high: number): number[] {
  const order = observed.map((_, i) => i).sort((a, b) => observed[a]! - observed[b]! || a - b);
  const sorted = order.map((i) => observed[i]!);
  const least = (high - low) / Math.min(100, observed.length + 2);
  const widths = new Array<number>(observed.length);
  for (const [at, i] of order.entries()) {
    const [mean, last] = [sorted[at]!, sorted.length - 1];
    const below = at > 0 ? mean - sorted[at - 1]! : last === 0 ? mean - low : 0;
    const above = at < last ? sorted[at + 1]! - mean : last === 0 ? high - mean : 0;
    widths[i] = Math.min(high - low, Math.max(least, below, above));
  }
  return widths;
}

/** The place at which weights add up to more than so much. */
function pick(weights: readonly number[], at: number): number {
  let sum = 0;
  for (const [i, weight] of weights.entries()) {
    sum += weight;
    if (at < sum) return i;
  }
  return weights.length - 1;
}
