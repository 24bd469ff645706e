import type { ExperimentConfig } from '../config-schema.ts';

/** The convolutional VAE of the Keras example: 28 x 28 - conv 32, 64 - dense 16 - (2) - mirrored. */
export const CONV_MODEL: ExperimentConfig['model'] = {
  kind: 'vae',
  latentDim: 2,
  encoder: { type: 'conv', filters: [32, 64], kernelSize: 3, stride: 2, hidden: [16], activation: 'relu' },
  decoder: { type: 'conv', filters: [64, 32], kernelSize: 3, stride: 2, activation: 'relu' },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
};
