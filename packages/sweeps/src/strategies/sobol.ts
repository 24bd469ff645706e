import { fields, optional, word } from '@latentkit/core/schema';
import { createSampler, sampled, trialsOf } from './sampled.ts';
import { strategyKind } from './strategy.ts';

/** Settings that fill the space evenly: best a power of two of them. */
export const sobol = strategyKind({
  type: 'sobol',
  fields: fields({ type: optional(word('sobol')) }),
  create: (space, _, context) =>
    sampled(createSampler('sobol', space, context), trialsOf(context, 'sobol'), context.budget.epochs),
});
