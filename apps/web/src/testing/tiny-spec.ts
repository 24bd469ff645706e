import type { ModelSpec } from '@latentkit/models';

/** A model that costs nothing to make. */
export const TINY_SPEC: ModelSpec = {
  kind: 'vae',
  image: { height: 4, width: 4, channels: 1 },
  latentDim: 2,
  encoder: { type: 'mlp', hidden: [3], activation: 'relu' },
  decoder: { type: 'mlp', hidden: [3], activation: 'relu' },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
};
