import type { Recipe } from './recipe.ts';

/** The dense VAE with squared error: twenty latent dimensions, sharper pictures. */
export const mlpMse: Recipe = {
  name: 'mlp-mse',
  title: 'dense VAE 784-400-(20)-400-784, squared error',
  notes: 'The reconstruction is the squared error of the sigmoid, factor 1, no constant.',
  model: {
    kind: 'vae',
    latentDim: 20,
    encoder: { type: 'mlp', hidden: [400], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [400], activation: 'relu' },
    likelihood: { type: 'squaredError', output: 'sigmoid' },
  },
  training: {
    epochs: 10,
    batchSize: 128,
    seed: 42,
    optimizer: { name: 'adam', epsilon: 1e-8 },
    learningRate: 1e-3,
    beta: 1,
  },
};
