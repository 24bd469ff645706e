import { LatentkitError } from '@latentkit/core';
import { fields, notNegative, optional, scheduleSchema, word } from '@latentkit/core/schema';
import { objectiveKind } from './objective-kind.ts';
import { ofTerms } from './of-terms.ts';
import { kl } from './terms/kl.ts';
import { klPenalty } from './terms/kl-penalty.ts';
import { reconstruction } from './terms/reconstruction.ts';

/**
 * The negative ELBO, `reconstruction + beta KL`, its KL bounded where free bits or a capacity are given; the reconstruction
 * alone where codes are points.
 *
 * @see Kingma & Welling: "Auto-Encoding Variational Bayes" (2014), equation 10; Higgins et al.: "beta-VAE" (2017), equation 4
 */
export const elbo = objectiveKind('elbo', {
  fields: fields({
    type: word('elbo'),
    beta: optional(scheduleSchema),
    freeBits: optional(notNegative()),
    capacity: optional(scheduleSchema),
  }),
  create(model, { beta, freeBits, capacity }) {
    if (!model.prior) {
      const given = Object.entries({ beta, freeBits, capacity }).find(([, value]) => value !== undefined);
      if (!given) return ofTerms(model, [reconstruction()]);
      throw new LatentkitError(
        'E_CONFIG',
        `createObjective: ${given[0]} is about a KL, which kind '${model.spec.kind}' does not have`,
        { fix: "Leave it out, or use kind 'vae'" },
      );
    }
    const weight = beta ?? 1;
    if (freeBits === undefined && capacity === undefined) {
      return ofTerms(model, [reconstruction(), kl({ weight })]);
    }
    const penalty = klPenalty({ weight, freeBits, capacity });
    return ofTerms(model, [reconstruction(), kl({ weight: 'reported' }), penalty]);
  },
});
