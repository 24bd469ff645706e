import type { Recipe } from './recipe.ts';

const SOURCE = 'Tomczak & Welling: "VAE with a VampPrior" (2018)';

/** One of three priors on the same networks, of one level or two. */
function withPrior(
  name: string,
  title: string,
  { published, ...model }: { published?: number } & Pick<Recipe['model'], 'prior' | 'upper'>,
): Recipe {
  const isOfTwoLevels = model.upper !== undefined;
  return {
    name,
    title,
    notes:
      'Runs of the same length: vamp-prior, mixture-prior and standard-prior differ in the prior alone, and two-levels-vamp and two-levels-standard have a second code above the first, which has the prior. ' +
      '10 epochs at a rate that falls, where the source goes on until 50 bring nothing. ' +
      'Its networks have gates. ' +
      (isOfTwoLevels ? 'Its decoder reads both codes, ours the lower one. ' : '') +
      '-log p is by 5,000 samples, as in the source, of the first 1,000 test images, there of all.',
    source: SOURCE,
    chosen: ['relu for gates', '10 epochs', 'pixels tossed anew in each epoch', 'seed 42'],
    published: [{ metric: 'nll', isEvaluated: true, ...(published && { value: published }), source: SOURCE }],
    evaluation: { metrics: ['nll'], samples: 5000, limit: 1000 },
    model: {
      kind: isOfTwoLevels ? 'hierarchical' : 'vae',
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
    published: 85.57,
  },
);

/** What it is held against. */
export const standardPrior = withPrior(
  'standard-prior',
  'the networks of vamp-prior with a standard normal prior',
  {},
);

/** As many normal distributions as the VampPrior has images, learned as they are. */
export const mixturePrior = withPrior(
  'mixture-prior',
  'the networks of vamp-prior with a mixture of 500 normal distributions',
  { prior: { type: 'mixture', components: 500 } },
);

const UPPER: Recipe['model']['upper'] = {
  latentDim: 40,
  encoder: { type: 'mlp', hidden: [300], activation: 'relu' },
  decoder: { type: 'mlp', hidden: [300, 300], activation: 'relu' },
};

/** A code above the code. */
export const twoLevelsStandard = withPrior(
  'two-levels-standard',
  'the networks of standard-prior with a second code of 40 above the first',
  { upper: UPPER },
);

/** Both. */
export const twoLevelsVamp = withPrior(
  'two-levels-vamp',
  'the networks of two-levels-standard with a VampPrior of 500 components at the top',
  { upper: UPPER, prior: { type: 'vamp', components: 500 } },
);
