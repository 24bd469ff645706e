import { columnMeans, latentUse, requireCodes } from './latent-use.ts';
import type { Codes } from './model-calls.ts';

/** A plane through the latent space along two of its axes (one, if that is all), and the point it passes through. */
export interface LatentPlane {
  axes: number[];
  ranges: (readonly [number, number])[];
  /** Value of every dimension off the plane. */
  origin: number[];
}

const PRIOR_RANGE = [-3, 3] as const;

/**
 * Where to look at a model: the axes that carry most, over the range that codes take.
 *
 * A VAE: the two dimensions of largest mean KL, over [-3, 3], the others at 0, the prior's mean. A plain autoencoder has no
 * prior: the two of largest variance, over the encoded range, the others at their mean. Axes come in the order of their
 * indices; KL of a dimension is `(mean^2 + exp(logVar) - 1 - logVar) / 2`.
 *
 * @example
 * chooseLatentPlane(trained.encode(images), 5).axes; // e.g. [1, 3]
 */
export function chooseLatentPlane(codes: Codes, latentDim: number): LatentPlane {
  requireCodes('chooseLatentPlane', codes, latentDim);
  const { mean, logVar } = codes;
  const means = columnMeans(mean, latentDim);
  const { kl, variance } = latentUse({ mean, logVar }, latentDim);
  const weights = kl ?? variance;
  const axes = weights
    .map((_, i) => i)
    .sort((a, b) => weights[b]! - weights[a]! || a - b)
    .slice(0, 2)
    .sort((a, b) => a - b);
  return {
    axes,
    ranges: axes.map((axis) => (logVar ? PRIOR_RANGE : rangeOf(mean, axis, latentDim))),
    origin: logVar ? means.map(() => 0) : means,
  };
}

function rangeOf(mean: Float32Array, axis: number, latentDim: number): [number, number] {
  let [low, high] = [mean[axis]!, mean[axis]!];
  for (let i = axis; i < mean.length; i += latentDim) {
    low = Math.min(low, mean[i]!);
    high = Math.max(high, mean[i]!);
  }
  return low < high ? [low, high] : [low - 0.5, high + 0.5];
}
