import { fields, optional, positive, word } from '@latentkit/core/schema';
import { unexplainedVariance as score } from '../unexplained-variance.ts';
import { likelihoodKind } from './likelihood-kind.ts';
import { ofOneMean } from './of-one-mean.ts';
import { outputSchema } from './output-schema.ts';

/** The squared error as a share of the image's own variance, `weight (1 - R^2)`; `weight` is half the number of pixels by default. */
export const unexplainedVariance = likelihoodKind('unexplainedVariance', {
  fields: fields({ type: word('unexplainedVariance'), output: outputSchema, weight: optional(positive()) }),
  create: (spec) => {
    const { type: _, ...options } = spec;
    return ofOneMean(spec, {
      density: 'none',
      scoredIn: 'unexplained variance', // no squared error, to which a constant is missing
      score: (preActivation, target) => score(preActivation, target, options),
    });
  },
});
