import { fields, word } from '@latentkit/core/schema';
import { klNormal, klStandardNormal, normalLogDensity } from '@latentkit/losses';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { type Prior, priorKind } from './prior.ts';

/** N(0, 1) in every dimension: nothing to learn, and a KL in closed form. */
export const standardNormal = priorKind('standardNormal', {
  fields: fields({ type: word('standardNormal') }),
  create: (): Prior => ({
    type: 'standardNormal',
    parameters: {},
    density: () => ({
      logDensity: (z) => normalLogDensity(z) as Tensor2D,
      // One node for all dimensions; the other form is for who wants them apart.
      kl: ({ mean, logVar }) => klStandardNormal(mean, logVar),
      klPerDimension: (q) => klNormal(q) as Tensor2D,
    }),
  }),
});
