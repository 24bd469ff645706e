import { LatentkitError } from '@latentkit/core';
import type { FieldsSchema, SchemaEntries, SpecOf } from '@latentkit/core/schema';
import type { Model } from '@latentkit/models';
import type { Objective } from './objective.ts';
import type { LatentName } from './terms/latent-of.ts';

/** What an objective may need to know of the run. */
export interface ObjectiveContext {
  /** Images that the model learns from. */
  readonly examples?: number;
}

/** A row of {@link OBJECTIVES}. */
export interface ObjectiveKind<Entries extends SchemaEntries = SchemaEntries> {
  readonly type: string;
  readonly fields: FieldsSchema<Entries>;
  create(model: Model, spec: SpecOf<FieldsSchema<Entries>>, context: ObjectiveContext): Objective;
}

/** A row whose `create` knows its spec by its fields. */
export function objectiveKind<const Type extends string, Entries extends SchemaEntries>(
  type: Type,
  kind: Omit<ObjectiveKind<Entries>, 'type'>,
): ObjectiveKind<Entries> & { readonly type: Type } {
  return { type, ...kind };
}

/** Are a model's codes distributions, that there is a KL of? */
export function hasDistribution({ latents }: Model): boolean {
  return latents.some(({ type }) => type === 'gaussian');
}

/** The latent with no other above it, what it comes from, and those below, which are `N(mean, variance)` given the next one up. */
export interface TopLatent {
  readonly name: LatentName;
  readonly size: number;
  readonly prior: Model['prior'];
  readonly below: readonly LatentName[];
}

/** What an objective about codes as a whole is about, of a model of one level or of two. */
export function topLatentOf({ latentDim, prior }: Model): TopLatent {
  const upper = prior?.upper;
  return upper
    ? { name: 'z2', size: upper.latentDim, prior: upper.prior, below: ['z'] }
    : { name: 'z', size: latentDim, prior, below: [] };
}

/** Throws `E_CONFIG` for a model whose codes are points. */
export function requireDistribution(type: string, model: Model): void {
  if (hasDistribution(model)) return;
  throw new LatentkitError(
    'E_CONFIG',
    `createObjective: '${type}' needs codes that are distributions, which kind '${model.spec.kind}' does not have`,
    { fix: "Use kind 'vae', or leave the objective out" },
  );
}
