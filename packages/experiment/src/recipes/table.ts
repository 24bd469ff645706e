import type { Recipe } from './recipe.ts';

/** Rows of a table, each column by its own distribution. */
export const table: Recipe = {
  name: 'table',
  title:
    'dense VAE of the rows of a table (--data FILE), two latent numbers, a likelihood by column; to look at',
  notes:
    "Numbers are standardised and normal, with a deviation learned for each column; words are choices. The loss is in nats of the standardised numbers' densities.",
  figures: [
    { name: 'loss-curves' },
    { name: 'columns' },
    { name: 'latent-scatter' },
    { name: 'kl-by-dimension' },
  ],
  model: {
    kind: 'vae',
    latentDim: 2,
    encoder: { type: 'mlp', hidden: [64, 64], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [64, 64], activation: 'relu' },
    likelihood: { type: 'columns', output: 'linear' },
  },
  training: {
    epochs: 200,
    batchSize: 32,
    seed: 42,
    optimizer: { name: 'adam' },
    learningRate: 1e-3,
    beta: 1,
  },
};
