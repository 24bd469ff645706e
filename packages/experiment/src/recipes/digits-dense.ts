import type { Recipe } from './recipe.ts';

/** The default: small enough to train while one watches, large enough for its samples to look like digits. */
export const digitsDense: Recipe = {
  name: 'digits-dense',
  title: 'small dense VAE, 784-400-(8)-400-784, Bernoulli; the default',
  notes: 'Made for the embedded digits: 10,000 images, 20 epochs, under a minute on one core.',
  model: {
    kind: 'vae',
    latentDim: 8,
    encoder: { type: 'mlp', hidden: [400], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [400], activation: 'relu' },
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
  },
  training: {
    epochs: 20,
    batchSize: 128,
    seed: 42,
    optimizer: { name: 'adam' },
    learningRate: 1e-3,
    beta: 1,
  },
};
