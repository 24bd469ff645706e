import { LatentkitError } from '@latentkit/core';
import { fields, oneOf, optional, whole, word } from '@latentkit/core/schema';
import type { Model } from '@latentkit/models';
import { objectiveKind, requireDistribution } from './objective-kind.ts';
import { ofTerms } from './of-terms.ts';
import { bound } from './terms/bound.ts';
import { klTerms } from './terms/kl.ts';
import { reconstruction } from './terms/reconstruction.ts';
import { resampledBound } from './terms/resampled-bound.ts';

/**
 * The importance weighted autoencoder: a bound by k samples an image; reconstruction and KL are reported.
 *
 * `gradient: 'doublyReparameterized'` has less noise for many samples; `'resampled'` goes back through one of them alone, drawn by its
 * weight, which costs a third and has more noise.
 *
 * @see Burda et al.: "Importance weighted autoencoders" (2016), equations 8 and 14; Tucker et al.: "Doubly reparameterized gradient
 * estimators for Monte Carlo objectives" (2019), equation 8
 */
export const iwae = objectiveKind('iwae', {
  fields: fields({
    type: word('iwae'),
    samples: whole(1),
    gradient: optional(oneOf(['usual', 'doublyReparameterized', 'resampled'])),
  }),
  create(model, { samples, gradient = 'usual' }) {
    requireDistribution('iwae', model);
    if (model.likelihood.density === 'none') {
      throw new LatentkitError(
        'E_CONFIG',
        `createObjective: 'iwae' weighs by densities, and '${nameOf(model.spec.likelihood)}' is none`,
        {
          fix: "Use the likelihood 'bernoulli', 'discretisedLogistic', or 'gaussian' with a sigma that is a number, 'learned' or 'perPixel'",
        },
      );
    }
    if (gradient === 'doublyReparameterized' && model.prior!.upper) {
      throw new LatentkitError(
        'E_CONFIG',
        `createObjective: the gradient 'doublyReparameterized' is known for one level of codes, and kind '${model.spec.kind}' has two`,
        { fix: "Use the gradient 'usual', or kind 'vae'" },
      );
    }
    const isResampled = gradient === 'resampled' && samples > 1; // of one there is nothing to draw
    const minimised = isResampled ? resampledBound(model) : bound();
    return ofTerms(
      model,
      [minimised, reconstruction({ weight: 'reported' }), ...klTerms(model, 'reported')],
      {
        samples,
        gated: gradient === 'doublyReparameterized',
      },
    );
  },
});

/** The likelihood's type; of a Gaussian at the best sigma that, too, as the others are densities. */
function nameOf(likelihood: Model['spec']['likelihood']): string {
  const { type } = likelihood;
  return type === 'gaussian' ? `${type}, sigma ${likelihood.sigma}` : type;
}
