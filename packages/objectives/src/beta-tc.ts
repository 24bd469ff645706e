import { LatentkitError } from '@latentkit/core';
import { fields, optional, scheduleSchema, word } from '@latentkit/core/schema';
import { objectiveKind, requireDistribution, topLatentOf } from './objective-kind.ts';
import { ofTerms } from './of-terms.ts';
import { dimensionwiseKl, mutualInformation, totalCorrelation } from './terms/decomposed-kl.ts';
import { kl, lowerKl } from './terms/kl.ts';
import { reconstruction } from './terms/reconstruction.ts';

/**
 * beta-TCVAE: the KL as the sum of three terms, each with a weight; the weight of the total correlation is the paper's beta.
 *
 * Of two levels it is the upper's KL that is taken apart; the lower's counts as it does in the ELBO.
 * The densities are estimated by minibatch-weighted sampling. The KL that is reported is that of the same samples, so that
 * the three are its parts exactly.
 *
 * @see Chen et al.: "Isolating sources of disentanglement in VAEs" (2018), equations 2, 4 and appendix C.1
 */
export const betaTc = objectiveKind('betaTc', {
  fields: fields({
    type: word('betaTc'),
    mutualInformation: optional(scheduleSchema),
    totalCorrelation: scheduleSchema,
    dimensionwiseKl: optional(scheduleSchema),
  }),
  create(model, weights, { examples }) {
    requireDistribution('betaTc', model);
    const { name: latent, prior, below } = topLatentOf(model);
    if (prior!.type !== 'standardNormal') {
      throw new LatentkitError(
        'E_CONFIG',
        `createObjective: 'betaTc' takes the prior apart by dimension, which '${prior!.type}' does not allow`,
        { fix: "Use the prior 'standardNormal'" },
      );
    }
    if (!Number.isSafeInteger(examples) || examples! < 2) {
      throw new LatentkitError(
        'E_USAGE',
        `createObjective: 'betaTc' needs to know how many images the model learns from, got ${examples}`,
        { fix: 'createObjective(model, spec, { examples: dataset.train.count })' },
      );
    }
    const of = (weight = 1 as (typeof weights)['totalCorrelation']) => ({
      weight,
      latent,
      examples: examples!,
    });
    return ofTerms(model, [
      reconstruction(),
      mutualInformation(of(weights.mutualInformation)),
      totalCorrelation(of(weights.totalCorrelation)),
      dimensionwiseKl(of(weights.dimensionwiseKl)),
      ...below.map(lowerKl),
      kl({ weight: 'reported', estimate: 'sampled', latent }),
    ]);
  },
});
