import type { Codes } from './call.ts';
import { columnMeans, latentUse, requireCodes } from './latent-use.ts';

/** A plane through the latent space along two of its axes (one, if that is all), and the point it passes through. */
export interface LatentPlane {
  axes: number[];
  ranges: (readonly [number, number])[];
  /** Value of every dimension off the plane. */
  origin: number[];
}

const PRIOR_RANGE = [-3, 3] as const;

/** A dimension of the latent space, and what it carries. */
export interface LatentAxis {
  /** Its index, from 0. */
  readonly dimension: number;
  /** Its mean KL in nats; without a prior, the variance of its codes. */
  readonly weight: number;
  /** Where to walk along it: `[-3, 3]`; without a prior, what its codes take. */
  readonly range: readonly [number, number];
}

/**
 * The dimensions of the latent space, those that carry most first: by their mean KL (of a plain autoencoder, which has no
 * prior, by the variance of their codes); equal ones in the order of their indices.
 *
 * @example
 * rankLatentAxes(trained.encode(images), 5)[0]; // e.g. { dimension: 3, weight: 2.41, range: [-3, 3] }
 */
export function rankLatentAxes(codes: Codes, latentDim: number): LatentAxis[] {
  requireCodes('rankLatentAxes', codes, latentDim);
  return axesOf(codes, latentDim);
}

function axesOf({ mean, logVar }: Codes, latentDim: number): LatentAxis[] {
  const { kl, variance } = latentUse({ mean, logVar }, latentDim);
  return (kl ?? variance)
    .map((weight, dimension) => ({ dimension, weight }))
    .sort((a, b) => b.weight - a.weight || a.dimension - b.dimension)
    .map((axis) => ({ ...axis, range: logVar ? PRIOR_RANGE : rangeOf(mean, axis.dimension, latentDim) }));
}

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
  const chosen = axesOf(codes, latentDim)
    .slice(0, 2)
    .sort((a, b) => a.dimension - b.dimension);
  return {
    axes: chosen.map(({ dimension }) => dimension),
    ranges: chosen.map(({ range }) => range),
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
