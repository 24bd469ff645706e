import { fields, oneOf, optional, whole, word } from '@latentkit/core/schema';
import { discretisedLogisticNegativeLogLikelihood } from '../discretised-logistic-negative-log-likelihood.ts';
import { MOST_LEVELS } from '../levels.ts';
import { likelihoodKind } from './likelihood-kind.ts';
import { headOf, ofOneMean } from './of-one-mean.ts';

/**
 * Probabilities of levels by a logistic distribution of each pixel, place and scale. What is shown is the place: near 0 and 1 the mean is a little
 * further in, as the ends take what lies beyond them.
 */
export const discretisedLogistic = likelihoodKind('discretisedLogistic', {
  fields: fields({
    type: word('discretisedLogistic'),
    output: oneOf(['sigmoid', 'tanh']),
    /** 256 by default. */
    levels: optional(whole(2, MOST_LEVELS)),
  }),
  create: (spec) => {
    const { type: _, ...options } = spec;
    return ofOneMean(spec, {
      density: 'mass',
      others: ['logScale'],
      score: (preActivation, target, _, decoded) =>
        discretisedLogisticNegativeLogLikelihood(preActivation, headOf(decoded, 'logScale'), target, options),
    });
  },
});
