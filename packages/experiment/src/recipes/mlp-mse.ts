import { publishedByEpoch, type Recipe } from './recipe.ts';

const SOURCE = 'a lab report: dense VAE with squared error';

/** The dense VAE with squared error: twenty latent dimensions, sharper pictures. */
export const mlpMse: Recipe = {
  name: 'mlp-mse',
  title: 'dense VAE 784-400-(20)-400-784, squared error',
  notes: 'The reconstruction is the squared error of the sigmoid, factor 1, no constant.',
  source: SOURCE,
  chosen: ['seed 42'],
  published: publishedByEpoch(
    'loss',
    [45.11, 34.94, 33.04, 32.19, 31.64, 31.31, 31.08, 30.88, 30.74, 30.58],
    { source: SOURCE, within: 1 },
  ),
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
