import { kerasConv } from './keras-conv.ts';
import type { Recipe } from './recipe.ts';

/** The convolutional VAE with a heavier KL: what that costs in the pictures, and what it gives in the latent space. */
export const betaVae: Recipe = {
  name: 'beta-vae',
  title: 'convolutional beta-VAE: keras-conv with beta 4',
  notes:
    'As keras-conv, but the KL weighs four times as much: reconstructions are blurrier, and codes lie closer to the prior. ' +
    'Its loss cannot be compared with that of another beta; the ELBO, reconstruction + KL, can.',
  source: 'Higgins et al.: "beta-VAE" (2017), on the convolutional VAE of the Keras example',
  chosen: ['beta 4, as in the paper', 'the network and training of keras-conv'],
  model: kerasConv.model,
  training: { ...kerasConv.training, beta: 4 },
};
