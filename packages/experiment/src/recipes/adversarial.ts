import type { Recipe } from './recipe.ts';

/** An adversarial autoencoder: a critic, and no KL, draws codes to the prior. */
export const adversarial: Recipe = {
  name: 'adversarial',
  title: 'adversarial autoencoder 784-512-512-(8)-512-512-784, a critic of 128 and 128',
  notes:
    'The loss is the reconstruction alone. A critic learns to tell codes from draws of the prior, and the encoder to make codes that it ' +
    'cannot tell: where that is so, the critic stands at 1.386 and the adversary at 0.693. There is no KL, so no --beta.',
  source: 'Makhzani et al.: "Adversarial autoencoders" (2016), on digits',
  chosen: [
    'latent size 8',
    'Adam in the place of momentum',
    '30 epochs',
    'batch 128',
    'seed 42',
    "the last epoch's weights are kept",
  ],
  model: {
    kind: 'autoencoder',
    latentDim: 8,
    encoder: { type: 'mlp', hidden: [512, 512], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [512, 512], activation: 'relu' },
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
    prior: { type: 'standardNormal' },
  },
  training: {
    epochs: 30,
    batchSize: 128,
    seed: 42,
    optimizer: { name: 'adam', epsilon: 1e-7 },
    learningRate: 1e-3,
    players: { critic: { learningRate: 2e-4 }, encoder: { learningRate: 1e-3 } },
    keep: 'last',
  },
};
