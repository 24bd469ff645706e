import { LatentkitError, type Schedule } from '@latentkit/core';
import { anything, checkOptions, needed, type OptionRules } from '@latentkit/core/options';
import { capacity, freeBits } from '@latentkit/losses';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { type Term, weightRule } from '../term.ts';
import { klOf } from './kl.ts';
import { latentOf } from './latent-of.ts';

export interface KlPenaltyOptions {
  readonly weight: Schedule;
  /** Nats that each dimension has for nothing, of the batch's mean. */
  readonly freeBits?: number;
  /** Nats that the KL is drawn to. */
  readonly capacity?: Schedule;
}

const RULES: OptionRules<KlPenaltyOptions> = {
  weight: needed(weightRule),
  freeBits: anything, // freeBits and scheduleAt look at them
  capacity: anything,
};

/**
 * What a bounded KL counts in a loss: `sum over d of max(mean KL of d, free bits)`, or `|KL - capacity|`.
 *
 * @throws `E_CONFIG` unless it is one of the two.
 * @see Kingma et al.: "Improved variational inference with inverse autoregressive flow" (2016), equation 15; Burgess et al.:
 * "Understanding disentangling in beta-VAE" (2018), equation 8
 */
export function klPenalty(options: KlPenaltyOptions): Term {
  checkOptions('klPenalty', options, RULES);
  const { weight, freeBits: nats, capacity: bound } = options;
  if ((nats === undefined) === (bound === undefined)) {
    throw new LatentkitError('E_CONFIG', 'klPenalty: expected either freeBits or capacity', {
      fix: 'Both bound the KL, each in its way: choose one',
    });
  }
  const info = { name: 'klPenalty', title: 'Bounded KL', unit: 'nats', weight, weightColumn: 'beta' };
  if (bound === undefined) {
    return { ...info, per: 'batch', evaluate: (pass) => freeBits(perDimensionOf(pass), nats!) };
  }
  return {
    ...info,
    per: 'example',
    scalars: { capacity: bound },
    evaluate: (pass) => capacity(klOf(pass), pass.context.scalars['klPenalty.capacity'] as Scalar),
  };
}

function perDimensionOf(pass: Parameters<Term['evaluate']>[0]): Tensor {
  const { prior, posterior } = latentOf(pass, 'klPenalty');
  if (prior.klPerDimension) return prior.klPerDimension(posterior);
  throw new LatentkitError('E_CONFIG', 'klPenalty: this prior has no KL by dimension, which free bits need', {
    fix: 'Use the standard normal prior, or capacity in the place of freeBits',
  });
}
