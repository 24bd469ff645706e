import { fields, optional, whole, word } from '@latentkit/core/schema';
import { betaBinomialNegativeLogLikelihood } from '../beta-binomial-negative-log-likelihood.ts';
import { MOST_LEVELS } from '../levels.ts';
import { likelihoodKind } from './likelihood-kind.ts';
import { headOf, ofOneMean } from './of-one-mean.ts';

/**
 * Levels of a pixel as counts of coins whose probability is drawn anew for each pixel: a mean and a concentration. By mean and
 * concentration rather than by the two counts a and b, so that its first head is a mean like all others.
 */
export const betaBinomial = likelihoodKind('betaBinomial', {
  fields: fields({
    type: word('betaBinomial'),
    output: word('sigmoid', "be 'sigmoid' for a beta-binomial likelihood, whose mean is a probability"),
    /** 255 by default: levels of eight bits. */
    trials: optional(whole(1, MOST_LEVELS)),
  }),
  create: (spec) => {
    const { trials } = spec;
    return ofOneMean(spec, {
      density: 'mass',
      others: ['logConcentration'],
      score: (logits, target, _, decoded) =>
        betaBinomialNegativeLogLikelihood(logits, headOf(decoded, 'logConcentration'), target, {
          ...(trials !== undefined && { trials }),
        }),
    });
  },
});
