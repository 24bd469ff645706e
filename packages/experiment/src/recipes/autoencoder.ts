import type { Recipe } from './recipe.ts';

/** A plain deep autoencoder: no prior, no KL, nothing to sample from. */
export const autoencoder: Recipe = {
  name: 'autoencoder',
  title: 'plain autoencoder 784-128-64-32-64-128-784, mean squared error',
  notes:
    'The loss is the squared error averaged over the pixels, as Keras reports it. There is no KL, so no --beta.',
  source: 'a lab report: plain autoencoder',
  chosen: ['10 epochs', 'batch 256', 'ReLU in the latent layer', 'seed 42'],
  model: {
    kind: 'autoencoder',
    latentDim: 32,
    latentActivation: 'relu',
    encoder: { type: 'mlp', hidden: [128, 64], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [64, 128], activation: 'relu' },
    likelihood: { type: 'squaredError', output: 'sigmoid', pixels: 'mean' },
  },
  figures: [
    { name: 'loss-curves' },
    { name: 'reconstructions', count: 10 },
    { name: 'latent-grid' },
    { name: 'latent-scatter' },
  ],
  training: {
    epochs: 10,
    batchSize: 256,
    seed: 42,
    optimizer: { name: 'adam', epsilon: 1e-7 },
    learningRate: 1e-3,
  },
};
