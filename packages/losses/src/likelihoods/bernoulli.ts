import { fields, word } from '@latentkit/core/schema';
import { bernoulliNegativeLogLikelihood } from '../bernoulli-negative-log-likelihood.ts';
import { likelihoodKind } from './likelihood-kind.ts';
import { ofOneMean } from './of-one-mean.ts';

/** Each pixel is a coin: cross-entropy from logits. */
export const bernoulli = likelihoodKind('bernoulli', {
  fields: fields({
    type: word('bernoulli'),
    output: word(
      'sigmoid',
      "be 'sigmoid' for a Bernoulli likelihood, whose mean is a probability (others fit 'squaredError', 'gaussian' and 'absoluteError')",
    ),
  }),
  // A probability of images whose pixels are binarised; of grey ones it is a score.
  create: (spec) => ofOneMean(spec, { density: 'mass', score: bernoulliNegativeLogLikelihood }),
});
