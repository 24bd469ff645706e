import type { Recipe } from './recipe.ts';

/** A vector-quantised autoencoder: a grid of codes of a codebook in the place of a distribution. */
export const vqConv: Recipe = {
  name: 'vq-conv',
  title: 'convolutional VQ-VAE: 7 x 7 codes of a codebook of 128, commitment 0.25',
  notes:
    'Of a 28 x 28 image there are 49 codes, 7 bits each. The loss is the reconstruction and a quarter of the commitment; the codebook ' +
    'follows its encodings by moving averages, and codes that nothing uses begin anew. There is no KL, so no --beta, and nothing to sample from.',
  source: 'van den Oord et al.: "Neural discrete representation learning" (2017), on digits',
  chosen: [
    'two convolutions of 32 and 64',
    '128 codes of 16 numbers, decay 0.95',
    '10 epochs',
    'batch 128',
    'seed 42',
  ],
  model: {
    kind: 'vq',
    latentDim: 16,
    codebook: { size: 128, decay: 0.95, revive: 0.01 },
    encoder: { type: 'conv', filters: [32, 64], kernelSize: 3, stride: 2, activation: 'relu' },
    decoder: { type: 'conv', filters: [64, 32], kernelSize: 3, stride: 2, activation: 'relu' },
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
  },
  figures: [
    { name: 'loss-curves' },
    { name: 'reconstructions' },
    { name: 'codebook-use' },
    { name: 'latent-scatter' },
  ],
  training: {
    epochs: 10,
    batchSize: 128,
    seed: 42,
    optimizer: { name: 'adam', epsilon: 1e-7 },
    learningRate: 1e-3,
  },
};
