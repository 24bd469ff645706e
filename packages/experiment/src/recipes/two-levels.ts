import { digitsDense } from './digits-dense.ts';
import type { Recipe } from './recipe.ts';

/** The default's networks, and a code above the code. */
export const twoLevels: Recipe = {
  name: 'two-levels',
  title: 'digits-dense as a hierarchy: z2 (3) above z (5), top down',
  notes:
    'The upper code says what kind of code the lower one is: kl and klZ2 are what each of them costs, and samples go from the top down.',
  model: {
    ...digitsDense.model,
    kind: 'hierarchical',
    upper: {
      latentDim: 3,
      encoder: { type: 'mlp', hidden: [64], activation: 'tanh' },
      decoder: { type: 'mlp', hidden: [64], activation: 'tanh' },
    },
  },
  training: digitsDense.training,
};
