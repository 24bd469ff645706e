import { named, type SpecOf } from '@latentkit/core/schema';
import { conv } from './conv.ts';
import { mlp } from './mlp.ts';
import type { NetKind } from './net-kind.ts';
import { residual } from './residual.ts';

/** Every kind of network: adding one is a file and a line. */
export const NETS = [mlp, conv, residual] as const;

/** What a network's spec may hold. */
export const netSchema = named(
  'type',
  NETS.map(({ type }) => type),
  NETS.map((kind) => kind.fields),
);

/** What dense layers alone may be. */
export const mlpSchema = mlp.fields;

/** An encoder or a decoder as data. */
export type NetSpec = SpecOf<(typeof NETS)[number]['fields']>;

/** Dense layers, one a size. */
export type MlpSpec = SpecOf<(typeof mlp)['fields']>;

/** Convolutions, and dense layers between them and the latent space. */
export type ConvSpec = SpecOf<(typeof conv)['fields']>;

/** Stages of residual blocks, and dense layers between them and the latent space. */
export type ResidualSpec = SpecOf<(typeof residual)['fields']>;

/** The row of a spec. */
export function netKindOf({ type }: NetSpec): NetKind {
  return NETS.find((kind) => kind.type === type) as unknown as NetKind;
}
