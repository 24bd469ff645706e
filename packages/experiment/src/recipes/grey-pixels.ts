import { digitsDense } from './digits-dense.ts';
import type { Recipe } from './recipe.ts';

/** The default's networks, and what its grey pixels are told by instead of coins. */
function withPixels(
  name: string,
  title: string,
  { likelihood, notes }: Pick<Recipe['model'], 'likelihood'> & Pick<Recipe, 'notes'>,
): Recipe {
  return {
    ...{ name, title, notes },
    model: { ...digitsDense.model, likelihood },
    training: digitsDense.training,
  };
}

/** A density of numbers from 0 to 1, where a coin's score is none. */
export const continuousBernoulli = withPixels(
  'continuous-bernoulli',
  'digits-dense with grey pixels as a continuous Bernoulli has them',
  {
    likelihood: { type: 'continuousBernoulli', output: 'sigmoid' },
    notes:
      'After Loaiza-Ganem & Cunningham: "The continuous Bernoulli" (2019): the cross entropy of grey pixels, made a density by its constant. ' +
      'Densities of numbers may be above 1, so the loss may be below 0, and compares with that of Gaussian pixels, not of coins.',
  },
);

/** A probability of each of 256 grey levels: bits per dimension mean something. */
export const discretisedLogistic = withPixels(
  'discretised-logistic',
  'digits-dense with 256 grey levels, each the piece of a logistic distribution',
  {
    likelihood: { type: 'discretisedLogistic', output: 'sigmoid' },
    notes:
      'After Salimans et al.: "PixelCNN++" (2017), one logistic distribution a pixel: probabilities of the bytes that images are made of. ' +
      'evaluate RUN --metrics bitsPerDimension has the figure that programs compare.',
  },
);
