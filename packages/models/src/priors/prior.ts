import type { ImageShape } from '@latentkit/core';
import type { FieldsSchema, SchemaEntries, SpecOf } from '@latentkit/core/schema';
import type { Gaussian } from '@latentkit/losses';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ParameterPlan } from '../layer-plan.ts';
import type { Parameters } from '../parameters.ts';
import type { Density, PassContext } from '../pass.ts';

/** What a prior may be made of. */
export interface PriorParts {
  readonly latentDim: number;
  readonly image: ImageShape;
  /** The model's encoder, with a gradient to the images: their posteriors, `[images, latent]`. */
  encode(parameters: Parameters, images: Tensor4D): Gaussian;
}

/** Where a model's codes come from before any image is seen. */
export interface Prior {
  readonly type: string;
  /** What it learns, by name: `prior.<name>`. */
  readonly parameters: Readonly<Record<string, ParameterPlan>>;
  /** Its density, under the parameters of a pass. */
  density(context: Pick<PassContext, 'parameters'>): Density;
  /** The normal distributions that it mixes in equal parts, `[components, latent]`; a standard normal where it has none. */
  components?(parameters: Parameters): Gaussian;
  /** Where a code is drawn by way of an upper one: its size, where it comes from, and codes' distribution given it. */
  readonly upper?: {
    readonly latentDim: number;
    readonly prior: Prior;
    down(parameters: Parameters, upper: Tensor2D): Gaussian;
  };
}

/** A row of {@link PRIORS}. */
export interface PriorKind<Entries extends SchemaEntries = SchemaEntries> {
  readonly type: string;
  readonly fields: FieldsSchema<Entries>;
  create(spec: SpecOf<FieldsSchema<Entries>>, parts: PriorParts): Prior;
}

/** A row whose `create` knows its spec by its fields. */
export function priorKind<const Type extends string, Entries extends SchemaEntries>(
  type: Type,
  kind: Omit<PriorKind<Entries>, 'type'>,
): PriorKind<Entries> & { readonly type: Type } {
  return { type, ...kind };
}
