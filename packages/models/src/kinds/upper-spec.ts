import { fields, type SpecOf, whole } from '@latentkit/core/schema';
import { mlp } from '../nets/mlp.ts';

/** The upper level of a hierarchical model. */
export const upperSchema = fields({
  /** Size of z2. */
  latentDim: whole(1),
  /** Layers from the images' features to z2. */
  encoder: mlp.fields,
  /** Layers from z2 to what both z's prior and its posterior read. */
  decoder: mlp.fields,
});

export type UpperSpec = SpecOf<typeof upperSchema>;
