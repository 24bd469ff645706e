import type { ImageShape } from '@latentkit/core';
import type { FieldsSchema, SchemaEntries, SpecOf } from '@latentkit/core/schema';
import type { Head } from '@latentkit/losses';
import type { LayerPlan } from '../layer-plan.ts';

/** What a decoder is planned from. */
export interface DecoderPlan {
  /** `[size]`, or of a grid of vectors `[height, width, size]`. */
  readonly codeShape: readonly number[];
  readonly image: ImageShape;
  readonly heads: readonly Head[];
}

/** A row of {@link NETS}: what its spec may hold, and the layers that it asks for, with every shape worked out. */
export interface NetKind<Entries extends SchemaEntries = SchemaEntries> {
  readonly type: string;
  readonly fields: FieldsSchema<Entries>;
  /** What no single field tells: a sentence that begins with a field, where it is broken. */
  broken?(spec: SpecOf<FieldsSchema<Entries>>): string | undefined;
  /** From images to features. */
  planEncoder(spec: SpecOf<FieldsSchema<Entries>>, image: ImageShape): LayerPlan[];
  /** From codes to features, and from those a layer a head. */
  planDecoder(
    spec: SpecOf<FieldsSchema<Entries>>,
    plan: DecoderPlan,
  ): { decoder: LayerPlan[]; outputs: LayerPlan[] };
}

/** A row whose functions know their spec by its fields. */
export function netKind<const Type extends string, Entries extends SchemaEntries>(
  type: Type,
  kind: Omit<NetKind<Entries>, 'type'>,
): NetKind<Entries> & { readonly type: Type } {
  return { type, ...kind };
}
