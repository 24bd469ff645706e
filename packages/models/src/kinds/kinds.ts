import { oneOf } from '@latentkit/core/schema';
import { autoencoder } from './autoencoder.ts';
import { hierarchical } from './hierarchical.ts';
import type { ModelKind } from './kind.ts';
import { semiSupervised } from './semi-supervised.ts';
import { vae } from './vae.ts';
import { vq } from './vq.ts';

/** Every kind of model: adding one is a file and a line. */
export const KINDS = [vae, autoencoder, vq, semiSupervised, hierarchical] as const;

export const kindSchema = oneOf(KINDS.map(({ type }) => type));

/** The row of a spec. */
export function kindOf({ kind }: { kind: string }): ModelKind {
  return KINDS.find(({ type }) => type === kind)!;
}
