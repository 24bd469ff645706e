import { digitsDense } from './digits-dense.ts';
import type { Recipe } from './recipe.ts';

/**
 * Grey pixels with a noise that fits each image best, so that no beta has to be found for the KL.
 *
 * @see Rybkin, Daniilidis & Levine 2021, Simple and Effective VAE Training with Calibrated Decoders
 */
export const sigmaVae: Recipe = {
  name: 'sigma-vae',
  title: 'digits-dense as a sigma-VAE: Gaussian pixels, each image at its best sigma',
  notes:
    'The squared error weighs against the KL by itself: sigma is the root mean squared error of an image (Rybkin et al. 2021). ' +
    'Its loss is in nats and no density: it does not compare with that of digits-dense, whose grey pixels are coins.',
  model: {
    ...digitsDense.model,
    likelihood: { type: 'gaussian', output: 'sigmoid', sigma: 'perImage' },
  },
  training: digitsDense.training,
};
