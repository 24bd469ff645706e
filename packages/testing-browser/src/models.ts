import type { ModelSpec } from '@latentkit/models';

const shared = {
  kind: 'vae',
  image: { height: 14, width: 14, channels: 1 },
  latentDim: 2,
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
} as const;

/** What is trained: one model of each kind. */
export const MODELS: Readonly<Record<string, ModelSpec>> = {
  mlp: {
    ...shared,
    encoder: { type: 'mlp', hidden: [64], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [64], activation: 'tanh' },
  },
  conv: {
    ...shared,
    encoder: { type: 'conv', filters: [8, 16], hidden: [16], activation: 'leakyRelu' },
    decoder: { type: 'conv', filters: [16, 8], activation: 'relu' },
  },
};
