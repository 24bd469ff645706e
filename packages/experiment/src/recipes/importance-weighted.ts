import type { Recipe } from './recipe.ts';

const SOURCE = 'Burda et al.: "Importance weighted autoencoders" (2016), table 1, one stochastic layer';

/** What the table has by the number of samples: -log p of MNIST's test images. */
const TABLE = { 1: 86.76, 5: 85.54, 50: 84.78 } as const;

const DREG_SOURCE =
  'Tucker et al.: "Doubly reparameterized gradient estimators for Monte Carlo objectives" (2019)';

/** The importance weighted autoencoder with so many samples an image. */
function importanceWeighted(samples: keyof typeof TABLE): Recipe {
  return {
    name: `iwae-${samples}`,
    title: `importance weighted autoencoder 784-200-200-(50)-200-200-784, k = ${samples}`,
    notes:
      'Pixels are coins of their brightness, tossed anew in each epoch. One of several runs of the same length, 1 epoch where the source makes 3,280 at a ' +
      'rate that falls: what they are to show is the order, by which more samples in training give a lower -log p. That is of the first 1,000 test images ' +
      'by 500 samples, in the source of all by 5,000. Losses of different k are different bounds and do not compare.',
    source: SOURCE,
    chosen: ['1 epoch', 'seed 42'],
    published: [{ metric: 'nll', isEvaluated: true, value: TABLE[samples], source: SOURCE }],
    evaluation: { metrics: ['elbo', 'nll'], limit: 1000 },
    model: {
      kind: 'vae',
      latentDim: 50,
      encoder: { type: 'mlp', hidden: [200, 200], activation: 'tanh' },
      decoder: { type: 'mlp', hidden: [200, 200], activation: 'tanh' },
      likelihood: { type: 'bernoulli', output: 'sigmoid' },
    },
    objective: { type: 'iwae', samples },
    training: {
      epochs: 1,
      batchSize: 20,
      seed: 42,
      optimizer: { name: 'adam', epsilon: 1e-4 },
      learningRate: 1e-3,
      binarize: 'dynamic',
      keep: 'last',
    },
  };
}

export const iwae1 = importanceWeighted(1);
export const iwae5 = importanceWeighted(5);
export const iwae50 = importanceWeighted(50);

/** The same bound by a gradient of less noise. */
function doublyReparameterized(usual: Recipe, samples: number): Recipe {
  return {
    ...usual,
    name: `${usual.name}-dreg`,
    title: `${usual.title}, doubly reparameterized`,
    notes:
      `${usual.name} with the doubly reparameterized gradient, and nothing else changed: the encoder's part of it has less noise the more samples there are. ` +
      `Its figure is held against that of ${usual.name}, measured alike: of the first 1,000 test images by 500 samples.`,
    source: DREG_SOURCE,
    published: [{ metric: 'nll', isEvaluated: true, source: DREG_SOURCE }],
    objective: { type: 'iwae', samples, gradient: 'doublyReparameterized' },
  };
}

export const iwae5Dreg = doublyReparameterized(iwae5, 5);
export const iwae50Dreg = doublyReparameterized(iwae50, 50);
