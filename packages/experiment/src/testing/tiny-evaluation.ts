import type { RunEvaluation } from '../files/evaluation-file.ts';

/** What `evaluate` might have measured. */
export const TINY_EVALUATION: RunEvaluation = {
  ...{ version: 1, recipe: 'tiny', epoch: 2, weights: 'ab'.repeat(32) },
  ...{ of: 'test images of digits', available: 10, images: 6, samples: 2, seed: 7 },
  metrics: [
    {
      ...{ name: 'kl', title: 'KL divergence', unit: 'nats', better: 'lower', convention: 'closed form' },
      ...{ value: 6.5, error: 0.25 },
    },
  ],
  classes: [
    { label: 0, name: '<zero>', images: 4, values: { kl: 7.25 } },
    { label: -1, images: 2, values: { kl: 5 } },
  ],
};
