import type { Recipe } from './recipe.ts';

/** What a newcomer trains first: its latent space is a plane, so that all of it can be looked at. */
export const digitsTour: Recipe = {
  name: 'digits-tour',
  title: 'dense VAE with two latent numbers, 784-256-128-(2)-128-256-784, Bernoulli; to look at',
  notes:
    'Made for the embedded digits and the tour of the lab: 5,000 images, 10 epochs, some 10 seconds on one core. ' +
    'Two numbers say less of a digit than five: samples are blurrier than those of digits-dense.',
  dataset: { limit: 5000 },
  model: {
    kind: 'vae',
    latentDim: 2,
    encoder: { type: 'mlp', hidden: [256, 128], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [128, 256], activation: 'relu' },
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
  },
  training: {
    epochs: 10,
    batchSize: 64,
    seed: 42,
    optimizer: { name: 'adam' },
    learningRate: { type: 'cosine', from: 0.003, to: 0.0001 },
    beta: 1,
  },
};
