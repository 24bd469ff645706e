import type { LikelihoodSpec } from '@latentkit/losses';
import type { Activation } from '../layers/activation.ts';
import type { ModelSpec } from '../model-spec.ts';
import type { ConvSpec, MlpSpec, NetSpec, ResidualSpec } from '../nets/nets.ts';

const bernoulli: LikelihoodSpec = { type: 'bernoulli', output: 'sigmoid' };

/** A dense part. */
export function mlp(hidden: number[], activation: Activation = 'relu'): MlpSpec {
  return { type: 'mlp', hidden, activation };
}

/** A convolutional part. */
export function conv(filters: number[], options: Partial<ConvSpec> = {}): ConvSpec {
  return { type: 'conv', filters, activation: 'relu', ...options };
}

/** A residual part. */
export function residual(filters: number[], options: Partial<ResidualSpec> = {}): ResidualSpec {
  return { type: 'residual', filters, activation: 'tanh', ...options };
}

/** A spec from `height x width x channels`, the latent size and the two parts. */
export function specOf(
  [height, width, channels]: readonly [number, number, number],
  latentDim: number,
  encoder: NetSpec,
  decoder: NetSpec,
  rest: Partial<ModelSpec> = {},
): ModelSpec {
  const image = { height, width, channels };
  return { kind: 'vae', image, latentDim, encoder, decoder, likelihood: bernoulli, ...rest };
}

/** One of each kind of model, small enough for finite differences, with sizes that do not divide. */
export const SMALL_SPECS: Readonly<Record<string, ModelSpec>> = {
  'a dense VAE of 7 x 5': specOf([7, 5, 1], 2, mlp([6]), mlp([5])),
  'a leaky dense VAE of two hidden layers, in colour': specOf(
    [3, 4, 3],
    3,
    mlp([5, 4], 'leakyRelu'),
    mlp([4, 6], 'leakyRelu'),
  ),
  'a dense VAE with tanh, latent size 20': specOf([3, 3, 1], 20, mlp([4], 'tanh'), mlp([3], 'tanh')),
  'a dense linear VAE': specOf([2, 3, 1], 2, mlp([3], 'linear'), mlp([4], 'linear')),
  'a VAE without hidden layers': specOf([2, 2, 3], 2, mlp([]), mlp([])),
  'a VAE of one pixel, latent size 1': specOf([1, 1, 1], 1, mlp([2]), mlp([2])),
  'a plain autoencoder': specOf([7, 5, 1], 2, mlp([4]), mlp([4]), { kind: 'autoencoder' }),
  'a plain autoencoder of one layer with a relu code': specOf([4, 3, 1], 5, mlp([]), mlp([]), {
    kind: 'autoencoder',
    latentActivation: 'relu',
  }),
  'a convolutional VAE of 8 x 8': specOf([8, 8, 1], 2, conv([3, 2]), conv([2, 3])),
  'a convolutional VAE of 13 x 9, kernels of 5, dense layers': specOf(
    [13, 9, 1],
    2,
    conv([2, 3], { kernelSize: 5, hidden: [4], activation: 'leakyRelu' }),
    conv([3, 2], { kernelSize: 5, hidden: [4], activation: 'leakyRelu' }),
  ),
  'a convolutional VAE of 5 x 28, kernels of 4, stride 3': specOf(
    [5, 28, 1],
    1,
    conv([2], { kernelSize: 4, stride: 3 }),
    conv([2], { kernelSize: 4, stride: 3 }),
  ),
  'a convolutional VAE of one pixel in colour': specOf([1, 1, 3], 1, conv([2, 2]), conv([2, 2])),
  'a convolutional VAE with gaps: stride 3 over kernels of 2': specOf(
    [7, 5, 1],
    2,
    conv([2, 2], { kernelSize: 2, stride: 3, activation: 'tanh' }),
    conv([2, 2], { kernelSize: 2, stride: 3, activation: 'tanh' }),
  ),
  'a linear convolutional VAE with stride 1, kernels of 2': specOf(
    [4, 3, 3],
    2,
    conv([2], { kernelSize: 2, stride: 1, activation: 'linear' }),
    conv([2], { kernelSize: 2, stride: 1, activation: 'linear' }),
  ),
  'a convolutional encoder with a dense decoder': specOf([7, 5, 3], 2, conv([3, 2]), mlp([4], 'tanh')),
  'a dense encoder with a convolutional decoder, latent size 20': specOf(
    [6, 7, 1],
    20,
    mlp([3], 'leakyRelu'),
    conv([2, 2], { activation: 'leakyRelu' }),
  ),
  'a convolutional autoencoder with a tanh code': specOf([9, 9, 1], 3, conv([2, 2]), conv([2, 2]), {
    kind: 'autoencoder',
    latentActivation: 'tanh',
  }),
  'a residual VAE of 6 x 5 in colour': specOf(
    [6, 5, 3],
    2,
    residual([4, 6], { groups: 2, hidden: [5] }),
    residual([6, 4], { groups: 2, hidden: [5] }),
  ),
  'a residual VAE without normalisation, two blocks': specOf(
    [5, 4, 1],
    2,
    residual([2], { norm: 'none', blocks: 2, activation: 'leakyRelu' }),
    residual([3], { norm: 'none', blocks: 2, activation: 'leakyRelu' }),
  ),
  'a residual encoder without blocks, a convolutional decoder': specOf(
    [6, 6, 1],
    2,
    residual([3, 2], { blocks: 0 }),
    conv([2, 2]),
  ),
  'a residual VAE with batch normalisation': specOf(
    [6, 5, 2],
    2,
    residual([3, 4], { norm: 'batch', hidden: [5] }),
    residual([4, 3], { norm: 'batch', hidden: [5] }),
  ),
  'a VAE with a learned sigma': specOf([3, 3, 1], 2, mlp([3]), mlp([3]), {
    likelihood: { type: 'gaussian', output: 'sigmoid', sigma: 'learned' },
  }),
};

/** A small VAE of digits, changed. */
export const tinySpec = (rest: Partial<ModelSpec> = {}) => specOf([28, 28, 1], 2, mlp([8]), mlp([8]), rest);
