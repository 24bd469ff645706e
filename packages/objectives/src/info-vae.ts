import { LatentkitError } from '@latentkit/core';
import { fields, named, optional, positive, scheduleSchema, word } from '@latentkit/core/schema';
import { hasDistribution, objectiveKind, topLatentOf } from './objective-kind.ts';
import { ofTerms } from './of-terms.ts';
import { kl, lowerKl } from './terms/kl.ts';
import { mmdTerm } from './terms/mmd.ts';
import { reconstruction } from './terms/reconstruction.ts';

const kernel = named(
  'type',
  ['gaussian', 'inverseMultiquadratic'],
  [
    fields({ type: word('gaussian'), scale: optional(positive()) }),
    fields({ type: word('inverseMultiquadratic'), scale: optional(positive()) }),
  ],
);

/**
 * InfoVAE: codes as a whole are drawn to the prior by their maximum mean discrepancy, each alone by its KL or not at all
 * (MMD-VAE, the default). Of two levels those are the upper codes; the lower's KL counts as it does in the ELBO.
 *
 * @see Zhao et al.: "InfoVAE" (2019), equation 6
 */
export const infoVae = objectiveKind('infoVae', {
  fields: fields({
    type: word('infoVae'),
    kl: optional(scheduleSchema),
    mmd: scheduleSchema,
    kernel: optional(kernel),
  }),
  create(model, { kl: weight = 0, mmd, kernel }) {
    const { name: latent, size, prior, below } = topLatentOf(model);
    if (prior && prior.type !== 'standardNormal') {
      throw new LatentkitError(
        'E_CONFIG',
        `createObjective: 'infoVae' draws codes to N(0, 1), and a prior of type '${prior.type}' would learn nothing`,
        { fix: "Use the prior 'standardNormal', or the objective 'elbo'" },
      );
    }
    if (model.codebook) {
      throw new LatentkitError(
        'E_CONFIG',
        "createObjective: 'infoVae' draws codes to N(0, 1), and those of a codebook are its vectors",
        { fix: "Use the objective 'vq', or kind 'vae'" },
      );
    }
    const klTerm = kl({ weight: weight === 0 ? 'reported' : weight, latent });
    return ofTerms(model, [
      reconstruction(),
      ...below.map(lowerKl),
      ...(hasDistribution(model) ? [klTerm] : []),
      mmdTerm({ weight: mmd, latentDim: size, kernel, latent }),
    ]);
  },
});
