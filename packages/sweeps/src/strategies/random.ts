import { fields, optional, word } from '@latentkit/core/schema';
import { createSampler, sampled, trialsOf } from './sampled.ts';
import { strategyKind } from './strategy.ts';

/** Settings drawn evenly and independently (Bergstra & Bengio 2012). */
export const random = strategyKind({
  type: 'random',
  fields: fields({ type: optional(word('random')) }),
  create: (space, _, context) =>
    sampled(createSampler('random', space, context), trialsOf(context, 'random'), context.budget.epochs),
});
