import type { Recipe } from './recipe.ts';

const SOURCE = 'Burda et al.: "Importance weighted autoencoders" (2016), table 1, one stochastic layer';

/** What the table has by the number of samples: -log p of MNIST's test images. */
const TABLE = { 1: 86.76, 5: 85.54, 50: 84.78 } as const;
/** Of two stochastic layers. */
const OF_TWO = { 1: 85.33, 5: 83.89, 50: 82.9 } as const;

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

/** What a public program measured that is after Tucker et al., of the networks of Burda et al. */
const DREG = { 5: 84.9, 50: 84.32 } as const;
const DREG_FIGURES =
  'the README of "Importance Weighted Autoencoders in TensorFlow 2", DReG, one stochastic layer';

/** The same bound by a gradient of less noise. */
function doublyReparameterized(usual: Recipe, samples: keyof typeof DREG): Recipe {
  return {
    ...usual,
    name: `${usual.name}-dreg`,
    title: `${usual.title}, doubly reparameterized`,
    notes:
      `${usual.name} with the doubly reparameterized gradient, and nothing else changed: the encoder's part of it has less noise the more samples there are. ` +
      `What is published is another program's, after 3,280 epochs, where the usual gradient has ${TABLE[samples]} in the paper; ${usual.name} is measured as this is, of the first 1,000 test images by 500 samples.`,
    source: DREG_SOURCE,
    published: [{ metric: 'nll', isEvaluated: true, value: DREG[samples], source: DREG_FIGURES }],
    objective: { type: 'iwae', samples, gradient: 'doublyReparameterized' },
  };
}

export const iwae5Dreg = doublyReparameterized(iwae5, 5);
export const iwae50Dreg = doublyReparameterized(iwae50, 50);

const TWO_SOURCE = 'Burda et al.: "Importance weighted autoencoders" (2016), table 1, two stochastic layers';

/** The same with a code above the code. */
function ofTwoLevels(one: Recipe, samples: keyof typeof OF_TWO): Recipe {
  return {
    ...one,
    name: `${one.name}-two-levels`,
    title: `importance weighted autoencoder of two levels, 784-200-200-(100)-100-100-(50), k = ${samples}`,
    notes:
      `Two stochastic layers, of the length of ${one.name}: 1 epoch where the source makes 3,280 at a rate that falls; after one, two levels are still behind one. Posteriors go from the top down, ` +
      'q(z2 | x) q(z | x, z2), where those of the source go up, q(z | x) q(z2 | z). -log p is of the first 1,000 test images by 500 samples, in the source of all by 5,000.',
    source: TWO_SOURCE,
    published: [{ metric: 'nll', isEvaluated: true, value: OF_TWO[samples], source: TWO_SOURCE }],
    model: {
      ...one.model,
      kind: 'hierarchical',
      latentDim: 100,
      upper: {
        latentDim: 50,
        encoder: { type: 'mlp', hidden: [100, 100], activation: 'tanh' },
        decoder: { type: 'mlp', hidden: [100, 100], activation: 'tanh' },
      },
    },
  };
}

export const iwae1TwoLevels = ofTwoLevels(iwae1, 1);
export const iwae5TwoLevels = ofTwoLevels(iwae5, 5);
export const iwae50TwoLevels = ofTwoLevels(iwae50, 50);
