import { CONV_MODEL } from './conv-model.ts';
import type { Recipe } from './recipe.ts';

/** The convolutional VAE of the TensorFlow tutorial. */
export const tfBernoulli: Recipe = {
  name: 'tf-bernoulli',
  title: 'convolutional VAE of the TensorFlow tutorial: conv 32-64, latent 2, Bernoulli, Adam 1e-4',
  notes:
    'The report shows pictures alone: decoded test images, a uniform walk of the latent plane, images at random, and random latent vectors decoded.',
  source: 'a lab report: VAE after the TensorFlow tutorial "Convolutional Variational Autoencoder"',
  chosen: [
    'network, rate, batch and epochs of the tutorial, but 64 channels where its decoder begins with 32',
    'grey pixels as they are, where the tutorial cuts them at 0.5',
    'seed 42',
  ],
  model: {
    ...CONV_MODEL,
    encoder: { type: 'conv', filters: [32, 64], kernelSize: 3, stride: 2, activation: 'relu' },
  },
  figures: [
    { name: 'reconstructions' },
    { name: 'latent-walk' },
    { name: 'originals', count: 64, columns: 8 },
    { name: 'samples', count: 64, columns: 8 },
    { name: 'loss-curves' },
    { name: 'latent-scatter' },
    { name: 'kl-by-dimension' },
  ],
  training: {
    epochs: 10,
    batchSize: 32,
    seed: 42,
    optimizer: { name: 'adam', epsilon: 1e-7 },
    learningRate: 1e-4,
    beta: 1,
  },
};
