import type { ImageShape } from '@latentkit/core';
import type { FieldsSchema, SchemaEntries, SpecOf } from '@latentkit/core/schema';
import type { Likelihood } from '../likelihood.ts';

/** A row of {@link LIKELIHOODS}: what its spec may hold, and how to bring one to life. */
export interface LikelihoodKind<Entries extends SchemaEntries = SchemaEntries> {
  readonly type: string;
  readonly fields: FieldsSchema<Entries>;
  /** From a spec that has been checked; the shape of an example, where it is known. */
  create(spec: SpecOf<FieldsSchema<Entries>>, shape?: ImageShape): Likelihood;
}

/** A row whose `create` knows its spec by its fields. */
export function likelihoodKind<const Type extends string, Entries extends SchemaEntries>(
  type: Type,
  kind: Omit<LikelihoodKind<Entries>, 'type'>,
): LikelihoodKind<Entries> & { readonly type: Type } {
  return { type, ...kind };
}
