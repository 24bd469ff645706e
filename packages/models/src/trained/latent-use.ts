import { LatentkitError, portableExp } from '@latentkit/core';
import { checkValue, having, listRule, whole } from '@latentkit/core/options';
import type { Codes } from './call.ts';

/** What each latent dimension carries, by the codes of some images. */
export interface LatentUse {
  /** KL of each dimension to the standard normal, mean over the images, in nats: `(mean^2 + exp(logVar) - 1 - logVar) / 2`. */
  readonly kl?: readonly number[];
  /** Variance of each dimension's mean over the images. */
  readonly variance: readonly number[];
  /** Dimensions whose variance is above 0.01: those that change with the image. */
  readonly isActive: readonly boolean[];
}

const codesRule = having('codes, { mean, logVar }', { mean: 'object' }, 'trained.encode(images) gives them');

/** Throws unless they are what `encode` gives: `E_USAGE` for none, `E_SHAPE` for codes of another size. */
export function requireCodes(where: string, codes: Codes, latentDim: number): void {
  checkValue(where, 'codes', codes, codesRule);
  checkValue(where, 'codes.mean', codes.mean, listRule);
  checkValue(where, 'latentDim', latentDim, whole(1));
  const { length } = codes.mean;
  if (length % latentDim === 0) return;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: expected codes of ${latentDim} numbers each, got ${length} numbers`,
  );
}

/** Below it, a mean hardly moves from image to image. */
const ACTIVE_ABOVE = 0.01;

/**
 * How much of the latent space a model uses: its KL and its active units by dimension.
 *
 * @param codes of many images, `[count, latentDim]`.
 * @returns no `kl` for codes that are points.
 * @example
 * latentUse(trained.encode(images), 8).isActive.filter(Boolean).length; // active units
 * @see Burda et al.: "Importance weighted autoencoders" (2016), section 5.1
 */
export function latentUse(codes: Codes, latentDim: number): LatentUse {
  requireCodes('latentUse', codes, latentDim);
  const { mean, logVar } = codes;
  const means = columnMeans(mean, latentDim);
  const variance = columnMeans(
    mean.map((value, i) => (value - means[i % latentDim]!) ** 2),
    latentDim,
  );
  const isActive = variance.map((one) => one > ACTIVE_ABOVE);
  if (!logVar) return { variance, isActive };
  const terms = mean.map((m, i) => 0.5 * (m * m + portableExp(logVar[i]!) - 1 - logVar[i]!));
  return { kl: columnMeans(terms, latentDim), variance, isActive };
}

/** The mean of each column of `points`, `[count, dimensions]`, in float64. */
export function columnMeans(points: Float32Array, dimensions: number): number[] {
  const sums = new Array<number>(dimensions).fill(0);
  points.forEach((value, i) => {
    sums[i % dimensions]! += value;
  });
  return sums.map((sum) => sum / (points.length / dimensions));
}
