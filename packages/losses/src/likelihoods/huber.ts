import { fields, optional, positive, word } from '@latentkit/core/schema';
import { huber as score } from '../huber.ts';
import { likelihoodKind } from './likelihood-kind.ts';
import { ofOneMean } from './of-one-mean.ts';
import { outputSchema } from './output-schema.ts';

/** A square near 0 and a line beyond `delta`, 1 by default. */
export const huber = likelihoodKind('huber', {
  fields: fields({ type: word('huber'), output: outputSchema, delta: optional(positive()) }),
  create: (spec) => {
    const { type: _, ...options } = spec;
    return ofOneMean(spec, {
      density: 'none',
      score: (preActivation, target) => score(preActivation, target, options),
    });
  },
});
