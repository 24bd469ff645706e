import { fields, oneOf, optional, word } from '@latentkit/core/schema';
import { squaredError as score } from '../squared-error.ts';
import { likelihoodKind } from './likelihood-kind.ts';
import { ofOneMean } from './of-one-mean.ts';
import { outputSchema } from './output-schema.ts';

/** `(output - x)^2`, factor 1, no constant; summed over the pixels, or averaged as Keras's `mse` does. */
export const squaredError = likelihoodKind('squaredError', {
  fields: fields({
    type: word('squaredError'),
    output: outputSchema,
    pixels: optional(oneOf(['sum', 'mean'])),
  }),
  create: (spec) => {
    const { type: _, ...options } = spec;
    return ofOneMean(spec, {
      density: 'none',
      score: (preActivation, target) => score(preActivation, target, options),
    });
  },
});
