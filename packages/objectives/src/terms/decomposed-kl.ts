import type { Schedule } from '@latentkit/core';
import { checkOptions, needed, type OptionRules, oneOf, whole } from '@latentkit/core/options';
import { aggregatePosterior, normalLogDensity } from '@latentkit/losses';
import { reshape, subtract } from '@latentkit/losses/ops';
import type { Latent, Pass } from '@latentkit/models';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { type Term, weightRule } from '../term.ts';
import { type LatentName, latentOf, ofLatent } from './latent-of.ts';

export interface DecomposedKlOptions {
  readonly weight: Schedule;
  /** Images that the model learns from: the aggregate posterior is theirs. */
  readonly examples: number;
  /** Of which latent; `'z'` by default. */
  readonly latent?: LatentName;
}

const RULES: OptionRules<DecomposedKlOptions> = {
  weight: needed(weightRule),
  examples: needed(whole(1)),
  latent: oneOf('z', 'z2'),
};

/** The log densities of each example's sample, `[batch]`. */
interface LogDensities {
  readonly posterior: Tensor1D; // log q(z | x)
  readonly joint: Tensor1D; // log q(z)
  readonly marginals: Tensor1D; // sum over d of log q(z_d)
  readonly prior: Tensor1D; // log p(z)
}

const known = new WeakMap<Latent, Map<number, LogDensities>>();

/** Computed once a pass, whichever term asks first. */
function logDensitiesOf(pass: Pass, examples: number, name: LatentName): LogDensities {
  const latent = latentOf(pass, 'the decomposed KL', name);
  const ofExamples = known.get(latent) ?? new Map<number, LogDensities>();
  known.set(latent, ofExamples);
  const found = ofExamples.get(examples);
  if (found) return found;
  const { posterior, prior, sample } = latent;
  const z = reshape<Tensor2D>(sample, [pass.batch, sample.shape.at(-1)!]);
  const densities = {
    posterior: normalLogDensity(z, posterior) as Tensor1D,
    ...aggregatePosterior(z, posterior, examples),
    prior: reshape<Tensor1D>(prior.logDensity(sample), [pass.batch]),
  };
  ofExamples.set(examples, densities);
  return densities;
}

function partOfKl(
  name: string,
  title: string,
  [more, less]: readonly [keyof LogDensities, keyof LogDensities],
): (options: DecomposedKlOptions) => Term {
  return (options) => {
    checkOptions(name, options, RULES);
    const { weight, examples, latent = 'z' } = options;
    return {
      ...ofLatent({ name, title }, latent),
      ...{ unit: 'nats', per: 'example', weight, leastBatch: 2 },
      evaluate(pass) {
        const densities = logDensitiesOf(pass, examples, latent);
        return subtract(densities[more], densities[less]);
      },
    };
  };
}

/**
 * What a code tells of its image: `log q(z | x) - log q(z)`.
 *
 * The three parts sum to the KL exactly. Each alone is an estimate by minibatch weighted sampling, whose `log q` is too low by up
 * to `log(examples)` nats (a dimension, for the marginals): the dimension-wise KL may be negative and the total correlation too
 * large. Compare epochs and models at one batch size rather than read the values.
 */
export const mutualInformation = partOfKl('mutualInformation', 'Mutual information', ['posterior', 'joint']);

/** How the dimensions of codes depend on each other: `log q(z) - sum over d of log q(z_d)`. */
export const totalCorrelation = partOfKl('totalCorrelation', 'Total correlation', ['joint', 'marginals']);

/** How far each dimension alone is from the prior: `sum over d of log q(z_d) - log p(z_d)`. */
export const dimensionwiseKl = partOfKl('dimensionwiseKl', 'Dimension-wise KL', ['marginals', 'prior']);
