import { decay, fields, notNegative, optional, type SpecOf, whole } from '@latentkit/core/schema';

/** The codes that a vector-quantised model chooses among. */
export const codebookSchema = fields({
  /** Codes that there are. */
  size: whole(2),
  /** Vectors of an image, where the encoder ends in a dense layer; 1 by default. On a grid there is one a position. */
  vectors: optional(whole(1)),
  /** How much of its past each moving average keeps, a step; 0.99 by default. */
  decay: optional(decay()),
  /** A code that is used less than so much of the mean begins anew between epochs; 0.01 by default, 0 for never. */
  revive: optional(notNegative()),
});

export type CodebookSpec = SpecOf<typeof codebookSchema>;
