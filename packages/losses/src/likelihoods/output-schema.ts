import { oneOf, type SpecOf } from '@latentkit/core/schema';

/** How a decoder's pre-activation becomes a mean: sigmoid into (0, 1), tanh into (-1, 1), or as it is. */
export const outputSchema = oneOf(['sigmoid', 'tanh', 'linear']);

/** How a decoder's pre-activation becomes a mean: sigmoid into (0, 1), tanh into (-1, 1), or as it is. */
export type OutputFunction = SpecOf<typeof outputSchema>;
