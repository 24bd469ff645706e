import type { Recipe } from './recipe.ts';

const SOURCE = 'Makhzani et al.: "Adversarial autoencoders" (2016)';
const PARZEN = { metric: 'parzen', isEvaluated: true } as const;
const MEASURED =
  'The figure is the log density of the test images by a Parzen window about 10,000 images that are drawn from the prior, its bandwidth the best of 1,000 training images (in the source, of held out ones).';

const NETWORKS = {
  latentDim: 8,
  encoder: { type: 'mlp', hidden: [512, 512], activation: 'relu' },
  decoder: { type: 'mlp', hidden: [512, 512], activation: 'relu' },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
} as const satisfies Partial<Recipe['model']>;
const TRAINING = {
  epochs: 30,
  batchSize: 128,
  seed: 42,
  optimizer: { name: 'adam', epsilon: 1e-7 },
  learningRate: 1e-3,
  keep: 'last',
} as const satisfies Recipe['training'];

/** An adversarial autoencoder: a critic, and no KL, draws codes to the prior. */
export const adversarial: Recipe = {
  name: 'adversarial',
  title: 'adversarial autoencoder 784-512-512-(8)-512-512-784, a critic of 128 and 128',
  notes:
    'The loss is the reconstruction alone. A critic learns to tell codes from draws of the prior, and the encoder to make codes that it ' +
    'cannot tell: where that is so, the critic stands at 1.386 and the adversary at 0.693. There is no KL, so no --beta. ' +
    `Its layers are half as wide as the source's. ${MEASURED}`,
  source: SOURCE,
  published: [{ ...PARZEN, value: 340, source: SOURCE }],
  evaluation: { metrics: ['parzen'] },
  chosen: [
    'Adam in the place of momentum',
    '30 epochs',
    'batch 128',
    'seed 42',
    "the last epoch's weights are kept",
  ],
  model: {
    ...{ kind: 'autoencoder', ...NETWORKS },
    prior: { type: 'standardNormal' },
  },
  training: { ...TRAINING, players: { critic: { learningRate: 2e-4 }, encoder: { learningRate: 1e-3 } } },
};

/** What draws codes to the prior as a whole without a critic. */
export const mmdVae: Recipe = {
  ...adversarial,
  name: 'mmd-vae',
  title: "MMD-VAE: adversarial's networks, codes drawn to the prior by their maximum mean discrepancy",
  notes:
    'No KL of each code counts, only how far codes as a whole are from draws of the prior; kl is reported. ' +
    `Of the same networks and length as adversarial, which it is held against. ${MEASURED}`,
  source: 'Zhao et al.: "InfoVAE" (2019), MMD-VAE',
  published: [{ ...PARZEN, source: SOURCE }],
  chosen: ['the networks of adversarial', 'a weight of 1,000', '30 epochs', 'batch 128', 'seed 42'],
  model: { kind: 'vae', ...NETWORKS },
  objective: { type: 'infoVae', mmd: 1000 },
  training: TRAINING,
};
