import { createRandom, LatentkitError, type NamedArrays, Stream } from '@latentkit/core';
import { atLeast, checkOptions, needed, type OptionRules, seedRule, whole } from '@latentkit/core/options';
import { checkArrays } from './check-arrays.ts';
import { checkCodes } from './check-codes.ts';
import { chooseStart } from './choose-start.ts';
import { drawRows } from './draw-rows.ts';
import { choleskyOfComponent, expectationMaximization, mixtureOf } from './expectation-maximization.ts';
import type { Sampler, SamplerKind } from './sampler.ts';

export interface GaussianMixtureOptions {
  latentDim: number;
  /** Normal distributions, each with a covariance of its own; 10 by default. */
  components?: number;
  /** Of the start; 0 by default. */
  seed?: number;
  /** Steps at most; 100 by default. */
  iterations?: number;
  /** Stops when a step raises the mean log likelihood of a code by less, in nats; 1e-3 by default. */
  tolerance?: number;
  /** Added to each variance; 1e-6 by default. */
  leastVariance?: number;
}

/** Normal distributions in parts, fitted to codes. */
export interface GaussianMixture extends Sampler {
  readonly type: 'gaussianMixture';
  /** `weights` `[components]`, `means` `[components, latent]`, `covariances` `[components, latent, latent]`. */
  readonly arrays: NamedArrays;
}

/** A mixture that was just fitted, and how well. */
export interface FittedMixture extends GaussianMixture {
  /** Mean log likelihood of the codes, in nats. */
  readonly logLikelihood: number;
  readonly iterations: number;
  /** Whether the last step raised it by less than the tolerance. */
  readonly converged: boolean;
}

const MOST_NUMBERS = 2 ** 25; // of all covariances, in float64: 256 MiB

const RULES: OptionRules<GaussianMixtureOptions> = {
  latentDim: needed(whole(1)),
  components: whole(1),
  seed: seedRule,
  iterations: whole(1),
  tolerance: atLeast(0, { finite: true }),
  leastVariance: atLeast(0, { finite: true }),
};

/**
 * A mixture of normal distributions with full covariances, fitted to codes by expectation and maximization in float64.
 *
 * Codes of a trained model do not fill its prior evenly, and those of a plain autoencoder have none: samples of a mixture of where codes are look
 * more like the images. It begins with centres far from each other (k-means++), by the seed; the same everywhere, bit for bit. What it finds is
 * rounded to float32, so that it is the same when it was saved.
 *
 * @param codes `[count, latent]`: the means that `encode` gives of training images.
 * @throws `E_SHAPE` for codes that are no whole number of them, `E_RANGE` for fewer of them than components, `E_LIMIT` for more covariances than memory holds, `E_NOT_FINITE` for those that
 * hold NaN, and where a covariance has no width.
 * @example
 * const from = fitGaussianMixture(trained.encode(images).mean, { latentDim: 5, components: 10, seed: 1 });
 * const pictures = trained.sample({ count: 64, seed: 1, from });
 * @see Ghosh et al. 2020, From Variational to Deterministic Autoencoders, section 4
 */
export function fitGaussianMixture(codes: Float32Array, options: GaussianMixtureOptions): FittedMixture {
  const where = 'fitGaussianMixture';
  checkOptions(where, options, RULES);
  const { latentDim, components = 10, seed = 0, leastVariance = 1e-6, ...rest } = options;
  const { iterations = 100, tolerance = 1e-3 } = rest;
  const count = checkCodes(where, codes, latentDim);
  if (components > count) {
    throw new LatentkitError(
      'E_RANGE',
      `${where}: expected as many codes as components at least, got ${count} for ${components}`,
      { fix: 'Fit fewer components, or encode more images' },
    );
  }
  if (components * latentDim ** 2 > MOST_NUMBERS) {
    throw new LatentkitError(
      'E_LIMIT',
      `${where}: ${components} covariances of ${latentDim} x ${latentDim} numbers are more than 2^25`,
      { fix: 'Fit fewer components; of codes this long most covariances would be of too few images anyway' },
    );
  }
  const points = { data: Float64Array.from(codes), count, size: latentDim };
  const shares = new Float64Array(count * components);
  for (const [point, group] of chooseStart(points, components, seed).entries()) {
    shares[point * components + group] = 1;
  }
  const start = mixtureOf(points, shares, leastVariance);
  const { mixture, ...fit } = expectationMaximization(points, start, {
    iterations,
    tolerance,
    leastVariance,
  });
  const arrays = {
    weights: { shape: [components], data: Float32Array.from(mixture.weights) },
    means: { shape: [components, latentDim], data: Float32Array.from(mixture.means) },
    covariances: {
      shape: [components, latentDim, latentDim],
      data: Float32Array.from(mixture.covariances),
    },
  };
  return { ...mixtureSampler(arrays), ...fit };
}

/** Its words of a code: `latent` standard normal numbers, then one that chooses a component. */
function mixtureSampler(arrays: NamedArrays): GaussianMixture {
  const { weights, means, covariances } = arrays;
  const [components, latentDim] = means!.shape as [number, number];
  const lowers = Array.from({ length: components }, (_, i) =>
    choleskyOfComponent(covariances!.data, i, latentDim),
  );
  const total = weights!.data.reduce((sum, weight) => sum + weight, 0);
  return {
    ...{ type: 'gaussianMixture', latentDim, arrays },
    sample: (count, { seed = 0 } = {}) =>
      drawRows('gaussianMixture', count, latentDim, (row, code) => {
        const random = createRandom({ seed, stream: Stream.sample, index: row });
        const noise = Float64Array.from({ length: latentDim }, () => random.normal());
        const component = chosen(weights!.data, random.uniform() * total);
        const lower = lowers[component]!;
        for (let d = 0; d < latentDim; d++) {
          let value = means!.data[component * latentDim + d]!;
          for (let e = 0; e <= d; e++) value += lower[d * latentDim + e]! * noise[e]!;
          code[d] = value;
        }
      }),
  };
}

/** The component in whose part of the sum a mark lies. */
function chosen(weights: Float32Array, mark: number): number {
  let sum = 0;
  const found = weights.findIndex((weight) => {
    sum += weight;
    return mark < sum;
  });
  return found < 0 ? weights.length - 1 : found;
}

export const gaussianMixture: SamplerKind = {
  type: 'gaussianMixture',
  restore(arrays) {
    const [components = 0, latentDim = 0] = arrays.means?.shape ?? [];
    checkArrays('gaussianMixture', arrays, {
      weights: [components],
      means: [components, latentDim],
      covariances: [components, latentDim, latentDim],
    });
    if (arrays.weights!.data.every((weight) => weight >= 0)) return mixtureSampler(arrays);
    throw new LatentkitError('E_FORMAT', 'gaussianMixture: expected weights of at least 0');
  },
};
