import type { Recipe } from './recipe.ts';

const SOURCE = 'Kingma et al.: "Semi-supervised learning with deep generative models" (2014), table 1, M2';

/** M2 of Kingma et al. 2014: the classes of some images, and tens of thousands without. */
function ofLabels(labels: number, value: number, deviation: string): Recipe {
  return {
    name: `m2-${labels}`,
    title: `semi-supervised M2, 784-500-(50)-500-784 with ${labels.toLocaleString('en')} labels`,
    notes: `The source trains until it converges and tells ${(100 * value).toFixed(2)}% of the test images (standard deviation ${deviation}, over draws of the labels). Every class goes through the decoder: a step takes ten times that of a VAE.`,
    source: SOURCE,
    chosen: [
      'relu for softplus',
      'batches of 100, a tenth of them labelled',
      'a weight of 5 for the labels',
      '10 epochs at a rate that falls',
      'seed 42',
    ],
    published: [{ metric: 'valAccuracy', value, source: SOURCE }],
    dataset: { labels, labelledShare: 0.1 },
    model: {
      kind: 'semiSupervised',
      condition: { classes: 10 },
      latentDim: 50,
      encoder: { type: 'mlp', hidden: [500], activation: 'relu' },
      decoder: { type: 'mlp', hidden: [500], activation: 'relu' },
      likelihood: { type: 'bernoulli', output: 'sigmoid' },
    },
    objective: { type: 'semiSupervised', classification: 5 },
    training: {
      epochs: 10,
      batchSize: 100,
      seed: 42,
      optimizer: { name: 'adam' },
      learningRate: { type: 'cosine', from: 1e-3, to: 1e-4 },
      keep: 'last',
    },
  };
}

export const m2Of100 = ofLabels(100, 0.8803, '1.71');
export const m2Of1000 = ofLabels(1000, 0.964, '0.56');
