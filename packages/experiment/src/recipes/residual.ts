import type { Recipe } from './recipe.ts';

/** Our own: what larger pictures in colour want. */
export const residual: Recipe = {
  name: 'residual',
  title: 'residual VAE with group normalisation for colour images of 32 x 32 or 64 x 64, latent 64, Gaussian',
  notes:
    'Made for pictures of your own: --data folder --size 64. Its sigma is learned, so that no beta has to be found for the KL. A step on 64 x 64 in batches of 64 takes a second or more on two cores, and half a gigabyte.',
  model: {
    kind: 'vae',
    latentDim: 64,
    encoder: { type: 'residual', filters: [32, 64, 128], activation: 'leakyRelu' },
    decoder: { type: 'residual', filters: [128, 64, 32], activation: 'leakyRelu' },
    likelihood: { type: 'gaussian', output: 'sigmoid', sigma: 'learned' },
  },
  training: {
    epochs: 30,
    batchSize: 64,
    seed: 42,
    optimizer: { name: 'adam' },
    learningRate: { type: 'cosine', from: 0.001, to: 0.0001 },
    beta: 1,
  },
};
