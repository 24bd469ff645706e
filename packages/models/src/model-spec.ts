import type { ImageShape } from '@latentkit/core';
import type { LikelihoodSpec } from '@latentkit/losses';

/** What follows a hidden layer's product and bias. LeakyReLU's slope below zero is 0.2. */
export type Activation = 'linear' | 'relu' | 'leakyRelu' | 'tanh';

/** Dense layers, one a size. */
export interface MlpSpec {
  readonly type: 'mlp';
  readonly hidden: readonly number[];
  readonly activation: Activation;
}

/**
 * Convolutions that halve the image, one a filter count, and dense layers between them and the latent space. A
 * decoder mirrors it: dense layers, then transposed convolutions that double the image, then one that makes the channels.
 */
export interface ConvSpec {
  readonly type: 'conv';
  readonly filters: readonly number[];
  /** Side of the square kernels; 3 by default. */
  readonly kernelSize?: number;
  /** Step of every convolution but the output's; 2 by default. */
  readonly stride?: number;
  readonly hidden?: readonly number[];
  readonly activation: Activation;
}

/** A model as data: everything but its weights. JSON in, JSON out. */
export interface ModelSpec {
  /** A variational autoencoder has a distribution for a code (mean and log variance), a plain one a point. */
  readonly kind: 'vae' | 'autoencoder';
  readonly image: ImageShape;
  readonly latentDim: number;
  readonly encoder: MlpSpec | ConvSpec;
  readonly decoder: MlpSpec | ConvSpec;
  /** What follows the code of a plain autoencoder; linear by default. */
  readonly latentActivation?: Activation;
  readonly likelihood: LikelihoodSpec;
}
