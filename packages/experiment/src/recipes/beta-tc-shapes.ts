import type { Recipe } from './recipe.ts';

/** A code whose numbers say what images were made from: factors that are known, and can be measured. */
export const betaTcShapes: Recipe = {
  name: 'beta-tc-shapes',
  title: "dense beta-TCVAE for --dataset shapes: dSprites' factors, latent 10, total correlation times 6",
  notes:
    'Small, after Chen et al.: "Isolating sources of disentanglement in variational autoencoders" (2018), which learns from the 737,280 images of dSprites by two layers of 1,200 units, in batches of 2,048. evaluate RUN --metrics mig,sap,dci,factorVae tells how well each factor has a dimension of its own; by the paper\'s convention that is the MIG of sampled codes.',
  model: {
    kind: 'vae',
    latentDim: 10,
    encoder: { type: 'mlp', hidden: [400, 200], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [200, 400], activation: 'relu' },
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
  },
  figures: [
    { name: 'loss-curves' },
    { name: 'reconstructions' },
    { name: 'traversal' },
    { name: 'samples' },
    { name: 'latent-scatter' },
    { name: 'kl-by-dimension' },
  ],
  objective: { type: 'betaTc', totalCorrelation: 6 },
  training: {
    epochs: 40,
    batchSize: 256,
    seed: 42,
    optimizer: { name: 'adam' },
    learningRate: 1e-3,
    keep: 'last',
  },
};
