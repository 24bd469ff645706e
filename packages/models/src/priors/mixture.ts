import { fields, whole, word } from '@latentkit/core/schema';
import type { Parameters } from '../parameters.ts';
import { mixtureDensity } from './mixture-density.ts';
import { type Prior, priorKind } from './prior.ts';

/**
 * Normal distributions in equal parts, whose means and variances are learned: `prior.mean` and `prior.logVar`.
 *
 * @see Dilokthanakul et al. 2017, Deep Unsupervised Clustering with Gaussian Mixture Variational Autoencoders
 */
export const mixture = priorKind('mixture', {
  fields: fields({ type: word('mixture'), components: whole(1) }),
  create({ components }, { latentDim }): Prior {
    const shape = [components, latentDim];
    const gaussians = (parameters: Parameters) => ({
      mean: parameters['prior.mean']!,
      logVar: parameters['prior.logVar']!,
    });
    return {
      type: 'mixture',
      parameters: {
        'prior.mean': { shape, init: 'glorot' },
        'prior.logVar': { shape, init: 'zeros' },
      },
      density: ({ parameters }) => mixtureDensity(() => gaussians(parameters)),
      components: gaussians,
    };
  },
});
