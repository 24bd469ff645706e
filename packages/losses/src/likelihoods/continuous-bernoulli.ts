import { fields, word } from '@latentkit/core/schema';
import {
  continuousBernoulliMean,
  continuousBernoulliNegativeLogLikelihood,
} from '../continuous-bernoulli-negative-log-likelihood.ts';
import { likelihoodKind } from './likelihood-kind.ts';
import { ofOneMean } from './of-one-mean.ts';

/** A density of grey pixels whose logarithm is cross-entropy's but for a constant that depends on the logit. */
export const continuousBernoulli = likelihoodKind('continuousBernoulli', {
  fields: fields({
    type: word('continuousBernoulli'),
    output: word(
      'sigmoid',
      "be 'sigmoid' for a continuous Bernoulli likelihood, whose pixels are from 0 to 1",
    ),
  }),
  create: (spec) =>
    ofOneMean(spec, {
      density: 'density',
      mean: continuousBernoulliMean,
      score: continuousBernoulliNegativeLogLikelihood,
    }),
});
