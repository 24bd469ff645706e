import type { Recipe } from './recipe.ts';

/** The default: small enough to train while one watches, large enough for its samples to look like digits. */
export const digitsDense: Recipe = {
  name: 'digits-dense',
  title: 'small dense VAE, 784-256-128-(5)-128-256-784, Bernoulli; the default',
  notes: 'Made for the embedded digits: 10,000 images, 16 epochs, half a minute on one core.',
  model: {
    kind: 'vae',
    latentDim: 5,
    encoder: { type: 'mlp', hidden: [256, 128], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [128, 256], activation: 'relu' },
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
  },
  training: {
    epochs: 16,
    batchSize: 64,
    seed: 42,
    optimizer: { name: 'adam' },
    learningRate: { type: 'cosine', from: 0.002, to: 0.0001 },
    beta: 1,
  },
};
