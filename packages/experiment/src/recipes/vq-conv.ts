import { publishedByEpoch, type Recipe } from './recipe.ts';

/** A vector-quantised autoencoder: a grid of codes of a codebook in the place of a distribution. */
export const vqConv: Recipe = {
  name: 'vq-conv',
  title: 'convolutional VQ-VAE: 7 x 7 codes of a codebook of 128, commitment 0.25',
  notes:
    'Of a 28 x 28 image there are 49 codes, 7 bits each. The loss is the reconstruction and a quarter of the commitment; the codebook ' +
    'follows its encodings by moving averages, and codes that nothing uses begin anew. There is no KL, so no --beta, and nothing to sample from.',
  source: 'van den Oord et al.: "Neural discrete representation learning" (2017), on digits',
  chosen: [
    'two convolutions of 32 and 64',
    '128 codes of 16 numbers, decay 0.95',
    '10 epochs',
    'batch 128',
    'seed 42',
  ],
  model: {
    kind: 'vq',
    latentDim: 16,
    codebook: { size: 128, decay: 0.95, revive: 0.01 },
    encoder: { type: 'conv', filters: [32, 64], kernelSize: 3, stride: 2, activation: 'relu' },
    decoder: { type: 'conv', filters: [64, 32], kernelSize: 3, stride: 2, activation: 'relu' },
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
  },
  figures: [
    { name: 'loss-curves' },
    { name: 'reconstructions' },
    { name: 'codebook-use' },
    { name: 'latent-scatter' },
  ],
  training: {
    epochs: 10,
    batchSize: 128,
    seed: 42,
    optimizer: { name: 'adam', epsilon: 1e-7 },
    learningRate: 1e-3,
  },
};

const KERAS = 'Keras code example "Vector-quantized variational autoencoders", log of its training';

/** The variance of all pixels of MNIST's training images times their number in one, by which the source divides. */
const PIXEL_VARIANCE = 0.094931 * 784;

/** What its log has as `reconstruction_loss`, in squared error of an image. */
const squaredErrors = publishedByEpoch(
  'reconstruction',
  [
    ...[0.3869, 0.1692, 0.1281, 0.103, 0.0883, 0.0788, 0.0725, 0.0673, 0.064, 0.0612],
    ...[0.059, 0.0574, 0.056, 0.0546, 0.0533, 0.0523, 0.0515, 0.0505, 0.0495, 0.0486],
    ...[0.0475, 0.0469, 0.0465, 0.0461, 0.0458, 0.0454, 0.0452, 0.0449, 0.0447, 0.0444],
  ].map((loss) => Number((loss * PIXEL_VARIANCE).toFixed(3))),
  { source: KERAS },
).filter(({ epoch }) => epoch === 1 || epoch! % 5 === 0);

/** The VQ-VAE whose training somebody printed, epoch by epoch. */
export const kerasVq: Recipe = {
  ...vqConv,
  name: 'keras-vq',
  title: 'convolutional VQ-VAE with squared error, as Keras shows it: 7 x 7 codes of a codebook of 128',
  notes:
    'The source divides the squared error by the variance of the pixels, and takes means: what it prints stands here times 0.094931 x 784. Its commitment of 0.25 beside that is one of 0.0237 here. ' +
    'There the codebook follows by gradients, in the same loss; here by moving averages, and codes that nothing uses begin anew.',
  source: KERAS,
  chosen: ["a convolution before the decoder's", 'decay 0.95', 'pixels from 0 to 1', 'seed 42'],
  published: squaredErrors,
  model: { ...vqConv.model, likelihood: { type: 'squaredError', output: 'linear' } },
  objective: { type: 'vq', commitment: 0.0237 },
  training: { ...vqConv.training, epochs: 30, keep: 'last' },
};
