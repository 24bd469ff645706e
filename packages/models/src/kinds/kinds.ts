import { checkValue } from '@latentkit/core/options';
import { oneOf } from '@latentkit/core/schema';
import { autoencoder } from './autoencoder.ts';
import { hierarchical } from './hierarchical.ts';
import type { ModelKind } from './kind.ts';
import { semiSupervised } from './semi-supervised.ts';
import { specRule } from './spec-rule.ts';
import { vae } from './vae.ts';
import { vq } from './vq.ts';

/** Every kind of model: adding one is a file and a line. */
export const KINDS = [vae, autoencoder, vq, semiSupervised, hierarchical] as const;

export const kindSchema = oneOf(KINDS.map(({ type }) => type));

/**
 * Are a model's codes distributions, whose KL to a prior there is? Else they are points.
 *
 * @example
 * isVariational(trained.spec); // false of a plain autoencoder
 */
export function isVariational(spec: { kind: string }): boolean {
  checkValue('isVariational', 'spec', spec, specRule);
  return kindOf(spec)?.prior === 'always';
}

/** The row of a spec. */
export function kindOf({ kind }: { kind: string }): ModelKind {
  return KINDS.find(({ type }) => type === kind)!;
}
