import type { Recipe } from './recipe.ts';

const SOURCE = 'Tomczak & Welling: "VAE with a VampPrior" (2018)';

/** One of two priors on the same networks. */
function withPrior(
  name: string,
  title: string,
  { published, ...model }: { published?: number } & Pick<Recipe['model'], 'prior'>,
): Recipe {
  return {
    name,
    title,
    notes:
      'Two runs of the same length that differ in the prior alone, vamp-prior and standard-prior: 10 epochs at a rate that falls, where the source goes on until 50 bring nothing. ' +
      'Its networks have gates. -log p is by 5,000 samples, as in the source, of the first 1,000 test images, there of all.',
    source: SOURCE,
    chosen: ['relu for gates', '10 epochs', 'pixels tossed anew in each epoch', 'seed 42'],
    published: [{ metric: 'nll', isEvaluated: true, ...(published && { value: published }), source: SOURCE }],
    evaluation: { metrics: ['nll'], samples: 5000, limit: 1000 },
    model: {
      kind: 'vae',
      latentDim: 40,
      encoder: { type: 'mlp', hidden: [300, 300], activation: 'relu' },
      decoder: { type: 'mlp', hidden: [300, 300], activation: 'relu' },
      likelihood: { type: 'bernoulli', output: 'sigmoid' },
      ...model,
    },
    // no latent grid: codes of a VampPrior lie far from the origin that it is drawn about
    figures: [
      { name: 'loss-curves' },
      { name: 'reconstructions' },
      { name: 'samples' },
      { name: 'latent-scatter' },
    ],
    training: {
      epochs: 10,
      batchSize: 100,
      seed: 42,
      optimizer: { name: 'adam' },
      learningRate: { type: 'cosine', from: 1e-3, to: 5e-5 },
      beta: 1,
      binarize: 'dynamic',
      keep: 'last',
    },
  };
}

/** A mixture of the posteriors of images that are learned. */
export const vampPrior = withPrior(
  'vamp-prior',
  'VampPrior of 500 components, 784-300-300-(40)-300-300-784',
  {
    prior: { type: 'vamp', components: 500 },
    published: 85.79,
  },
);

/** What it is held against. */
export const standardPrior = withPrior(
  'standard-prior',
  'the networks of vamp-prior with a standard normal prior',
  {},
);
