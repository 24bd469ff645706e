import { fields, whole, word } from '@latentkit/core/schema';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { once } from '../kinds/once.ts';
import type { Parameters } from '../parameters.ts';
import { mixtureDensity } from './mixture-density.ts';
import { type Prior, priorKind } from './prior.ts';

/**
 * The mixture of the posteriors of images that are learned, `prior.inputs`.
 *
 * With a condition, image `i` is of class `i mod classes`.
 *
 * @see Tomczak & Welling 2018, VAE with a VampPrior, equation 9
 */
export const vamp = priorKind('vamp', {
  fields: fields({ type: word('vamp'), components: whole(1) }),
  create({ components }, { image, encode }): Prior {
    const { height, width, channels } = image;
    const gaussians = (parameters: Parameters) => encode(parameters, parameters['prior.inputs'] as Tensor4D);
    return {
      type: 'vamp',
      parameters: { 'prior.inputs': { shape: [components, height, width, channels], init: 'unit' } },
      density: ({ parameters }) => mixtureDensity(once(() => gaussians(parameters))),
      components: gaussians,
    };
  },
});
