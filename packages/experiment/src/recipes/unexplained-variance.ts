import { digitsDense } from './digits-dense.ts';
import type { Recipe } from './recipe.ts';

/**
 * Grey pixels whose error counts by the contrast of their image: for telling anomalies, of which simple ones would pass for ordinary.
 *
 * @see Serrà et al. 2020, Input complexity and out-of-distribution detection with likelihood-based generative models
 */
export const unexplainedVariance: Recipe = {
  name: 'unexplained-variance',
  title: "digits-dense for anomalies: what of each image's own variance is left unexplained",
  notes:
    'By the squared error, or by nats, an image of little ink is near whatever is given back: a thin stroke scores better than an ordinary digit. ' +
    'Here an image of which nothing but its mean is given back costs 98, whatever its ink or contrast. No density: its loss does not compare with that of digits-dense.',
  model: {
    ...digitsDense.model,
    likelihood: { type: 'unexplainedVariance', output: 'sigmoid', weight: 98 },
  },
  training: digitsDense.training,
};
