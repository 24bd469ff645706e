import { checkValue } from '@latentkit/core/options';
import { named, type SpecOf } from '@latentkit/core/schema';
import { specRule } from '../kinds/spec-rule.ts';
import { mixture } from './mixture.ts';
import type { Prior, PriorKind, PriorParts } from './prior.ts';
import { standardNormal } from './standard-normal.ts';
import { vamp } from './vamp.ts';

/** Every prior: adding one is a file and a line. */
export const PRIORS = [standardNormal, vamp, mixture] as const;

/** What a prior's spec may hold. */
export const priorSchema = named(
  'type',
  PRIORS.map(({ type }) => type),
  PRIORS.map((kind) => kind.fields),
);

export type PriorSpec = SpecOf<typeof priorSchema>;

/**
 * Whether codes come from N(0, 1): not those of a plain autoencoder that names no prior, nor where a prior is learned or an upper level makes it.
 *
 * @example
 * hasStandardPrior(trained.spec); // true, for a plain VAE
 */
export function hasStandardPrior(spec: { kind: string; prior?: { type: string } | undefined }): boolean {
  checkValue('hasStandardPrior', 'spec', spec, specRule);
  const { kind, prior } = spec;
  const usual = ['vae', 'semiSupervised'].includes(kind) ? 'standardNormal' : undefined;
  return kind !== 'hierarchical' && (prior?.type ?? usual) === 'standardNormal';
}

/** A prior from its spec; a standard normal without one. */
export function createPrior(spec: PriorSpec = { type: 'standardNormal' }, parts: PriorParts): Prior {
  const kind = PRIORS.find(({ type }) => type === spec.type) as unknown as PriorKind;
  return kind.create(spec, parts);
}
