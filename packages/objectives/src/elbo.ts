import { LatentkitError } from '@latentkit/core';
import { fields, notNegative, optional, scheduleSchema, word } from '@latentkit/core/schema';
import type { Model } from '@latentkit/models';
import { hasDistribution, objectiveKind } from './objective-kind.ts';
import { ofTerms } from './of-terms.ts';
import { kl, klTerms } from './terms/kl.ts';
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
    if (model.codebook) {
      throw new LatentkitError(
        'E_CONFIG',
        "createObjective: 'elbo' would let the encoder grow away from its codebook",
        { fix: "Use the objective 'vq', or leave it out" },
      );
    }
    if (!hasDistribution(model)) {
      requireNoPrior(model);
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
      return ofTerms(model, [reconstruction(), ...klTerms(model, weight)]);
    }
    requireOneLevel(model, freeBits === undefined ? 'capacity' : 'freeBits');
    const penalty = klPenalty({ weight, freeBits, capacity });
    return ofTerms(model, [reconstruction(), kl({ weight: 'reported' }), penalty]);
  },
});

/** Throws `E_CONFIG` for points that are to become like a prior, which nothing here would see to. */
function requireNoPrior({ prior }: Model): void {
  if (!prior) return;
  throw new LatentkitError(
    'E_CONFIG',
    "createObjective: 'elbo' has no term that draws the codes of a plain autoencoder to its prior",
    { fix: "Use the objective 'adversarial' or 'infoVae', or leave prior out" },
  );
}

/** Throws `E_CONFIG` where it is not said which of two KLs is bounded. */
function requireOneLevel({ spec: { kind }, prior }: Model, field: string): void {
  if (!prior?.upper) return;
  throw new LatentkitError(
    'E_CONFIG',
    `createObjective: ${field} bounds one KL, and kind '${kind}' has one for each of two levels`,
    { fix: `Leave ${field} out, or use kind 'vae'` },
  );
}
