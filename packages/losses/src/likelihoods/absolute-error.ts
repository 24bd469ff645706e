import { fields, word } from '@latentkit/core/schema';
import { absoluteError as score } from '../absolute-error.ts';
import { likelihoodKind } from './likelihood-kind.ts';
import { ofOneMean } from './of-one-mean.ts';
import { outputSchema } from './output-schema.ts';

/** `|output - x|`. */
export const absoluteError = likelihoodKind('absoluteError', {
  fields: fields({ type: word('absoluteError'), output: outputSchema }),
  create: (spec) => {
    const { type: _, ...options } = spec;
    return ofOneMean(spec, {
      density: 'none',
      score: (preActivation, target) => score(preActivation, target, options),
    });
  },
});
