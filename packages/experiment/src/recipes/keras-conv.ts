import { CONV_MODEL } from './conv-model.ts';
import type { PublishedFigure, Recipe } from './recipe.ts';

const SOURCE = "a lab report's run of the Keras example in full";
const figure = (metric: string, value: number): PublishedFigure => ({ metric, value, source: SOURCE });

/** The convolutional VAE of the Keras example, with early stopping and a plateau rule. */
export const kerasConv: Recipe = {
  name: 'keras-conv',
  title: 'convolutional VAE, conv 32-64, dense 16, latent 2, Bernoulli; early stopping, LR plateau',
  notes:
    'Up to 100 epochs: stops after 6 without a validation loss better by 1e-4 and restores the best weights; halves the ' +
    'learning rate after 3, down to 1e-6. On MNIST the validation images are the test images, as in the report: they choose ' +
    'the epoch; --validation 5000 holds training images out for it.',
  source: SOURCE,
  chosen: ['seed 42'],
  published: [
    figure('epochs', 81),
    figure('bestEpoch', 75),
    ...[41, 56, 64, 68, 78, 81].map((epoch) => figure('rateChange', epoch)),
  ],
  model: CONV_MODEL,
  figures: [
    { name: 'loss-curves', smoothing: 7 },
    { name: 'reconstructions', count: 10 },
    { name: 'samples', count: 20, columns: 10 },
    { name: 'latent-grid', steps: 15 },
    { name: 'latent-scatter' },
    { name: 'projections', points: 2000, methods: ['pca', 'tsne', 'umap'], seed: 42 },
    { name: 'kl-by-dimension' },
  ],
  training: {
    epochs: 100,
    batchSize: 128,
    seed: 42,
    optimizer: { name: 'adamax', epsilon: 1e-7 },
    learningRate: 1e-3,
    beta: 1,
    earlyStopping: { patience: 6, minDelta: 1e-4 },
    reduceOnPlateau: { factor: 0.5, patience: 3, minDelta: 1e-4, minLearningRate: 1e-6 },
  },
};
