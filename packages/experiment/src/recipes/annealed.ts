import { digitsDense } from './digits-dense.ts';
import type { Recipe } from './recipe.ts';

/** The KL's weight in four cycles from 0 to 1: codes are learned again and again before they have to cost little. */
export const cyclical: Recipe = {
  name: 'cyclical',
  title: 'digits-dense with a KL whose weight rises from 0 to 1 four times',
  notes:
    'After Fu et al.: "Cyclical annealing schedule" (2019): in each cycle beta rises over its first half. A loss while beta is small compares with no other; ' +
    'reconstruction + KL of the last epoch, whose beta is 1, is a negative ELBO, and its weights are kept.',
  model: digitsDense.model,
  training: {
    ...digitsDense.training,
    beta: { type: 'cyclic', from: 0, to: 1 },
    keep: 'last',
  },
};

/** Every latent dimension may say half a nat for nothing, so that none is given up. */
export const freeBits: Recipe = {
  name: 'free-bits',
  title: 'digits-dense with half a nat free in each latent dimension',
  notes:
    'After Kingma et al.: "Improved variational inference with inverse autoregressive flow" (2016), appendix C.8: a dimension costs at least 0.5 nats, used or not, ' +
    'so that giving one up brings nothing. kl is what codes cost in truth.',
  model: digitsDense.model,
  objective: { type: 'elbo', freeBits: 0.5 },
  training: digitsDense.training,
};
