import type { Recipe } from './recipe.ts';

/** A dense VAE of two hidden layers each way. */
export const mlpDeep: Recipe = {
  name: 'mlp-deep',
  title: 'dense VAE 784-512-256-(2)-256-512-784, Bernoulli, 50 epochs',
  notes:
    'The report shows the loss against the epoch, samples, and the latent map of the test set by label; it prints no number.',
  source: 'a lab report: VAE of two hidden layers',
  chosen: ['widths 512 and 256', '2 latent dimensions', 'Bernoulli', 'batch 128', 'seed 42'],
  model: {
    kind: 'vae',
    latentDim: 2,
    encoder: { type: 'mlp', hidden: [512, 256], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [256, 512], activation: 'relu' },
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
  },
  figures: [
    { name: 'loss-curves' },
    { name: 'samples', count: 64, columns: 8 },
    { name: 'sample-row', count: 10 },
    { name: 'latent-scatter' },
    { name: 'reconstructions' },
    { name: 'latent-grid' },
    { name: 'kl-by-dimension' },
  ],
  training: {
    epochs: 50,
    batchSize: 128,
    seed: 42,
    optimizer: { name: 'adam' },
    learningRate: 1e-3,
    beta: 1,
  },
};
