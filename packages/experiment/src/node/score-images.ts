import { setImmediate } from 'node:timers/promises';
import {
  describeShape,
  type ImageSet,
  LatentkitError,
  type NamedArrays,
  normalRows,
  pixelCount,
  Stream,
} from '@latentkit/core';
import { type Binarization, batches } from '@latentkit/datasets';
import {
  createModel,
  type LabelOptions,
  type Model,
  type ModelSpec,
  oneHotRows,
  parametersToTensors,
} from '@latentkit/models';
import { kl as klTerm } from '@latentkit/objectives';
import * as tf from '@tensorflow/tfjs-core';

/** A conditional model is told `label`: a class for all images, or a class each; those of the set by default. */
export interface ScoreOptions extends LabelOptions {
  /** Latent samples an image, whose reconstructions are averaged; 1 by default. */
  samples?: number;
  /** Of the noise; that of the training by default, so that one sample gives the run's own validation loss. */
  seed?: number;
  /** Stops between images. */
  signal?: AbortSignal;
}

/** The terms of the negative ELBO of each image, in nats; no `kl` for a plain autoencoder. */
export interface ImageScores {
  /** Mean over the samples of `-log p(x | z)`, or whatever the likelihood measures. */
  readonly reconstruction: Float64Array;
  /** `KL(q(z | x) || p(z))`, by the samples where the prior has no closed form. */
  readonly kl?: Float64Array;
}

export interface ScoreSettings extends LabelOptions, Required<Omit<ScoreOptions, 'signal' | 'label'>> {
  /** Draws grey pixels as coins, as the run's validation did. */
  binarize: Binarization;
  signal?: AbortSignal;
}

const NUMBERS_AT_ONCE = 500 * 784; // of decoded images; results do not depend on it

/**
 * Scores each image of a set by a model's weights. Image `i` depends on the seed and on `i` alone.
 *
 * @throws `E_SHAPE` for images of another shape; `E_RANGE` for no whole number of samples; `E_USAGE`, `E_RANGE` for labels that are
 * missing or that the model does not know; the signal's reason.
 */
export async function scoreImages(
  spec: ModelSpec,
  weights: NamedArrays,
  set: ImageSet,
  { samples, seed, label, binarize, signal }: ScoreSettings,
): Promise<ImageScores> {
  const model = createModel(spec);
  checkScored(model, set, samples);
  const { latentDim, condition } = spec;
  const labelsOf = oneHotRows(
    'score',
    condition ? (label ?? set.labels) : label,
    set.count,
    condition?.classes,
  );
  const perImage = samples * pixelCount(set.shape);
  const batchSize = Math.max(1, Math.min(set.count, Math.floor(NUMBERS_AT_ONCE / perImage)));
  const reconstruction = new Float64Array(set.count);
  const kl = model.prior && new Float64Array(set.count);
  const parameters = parametersToTensors(weights);
  try {
    const { anyData, dataRange } = model.likelihood;
    const range = anyData ? 'own' : dataRange;
    const cut = { batchSize, shuffle: false, range, binarize, seed } as const;
    for (const { x: images, size, indices } of batches(set, cut)) {
      signal?.throwIfAborted();
      const first = indices[0]!;
      tf.tidy(() => {
        const x = tf.tensor(images.data, [...images.shape]);
        const inputs: Record<string, tf.Tensor> = { x };
        const labels = labelsOf?.(first, first + size);
        if (labels) inputs.labels = tf.tensor(labels.data, [...labels.shape]);
        if (kl) {
          const address = { seed, stream: Stream.validationNoise, index: first };
          const noise = normalRows(size, samples * latentDim, address);
          inputs['noise.z'] =
            samples === 1
              ? tf.tensor2d(noise, [size, latentDim])
              : tf.tensor3d(noise, [size, samples, latentDim]);
        }
        const context = { parameters, inputs, scalars: {}, training: false, emit: () => {} };
        const pass = model.pass(context, { samples });
        reconstruction.set(pass.negativeLogLikelihood().dataSync(), first);
        kl?.set(klTerm().evaluate(pass).dataSync(), first);
      });
      await setImmediate();
    }
  } finally {
    tf.dispose(Object.values(parameters));
  }
  return kl ? { reconstruction, kl } : { reconstruction };
}

function checkScored({ spec, prior }: Model, { shape, count, images }: ImageSet, samples: number): void {
  if (!Number.isSafeInteger(samples) || samples < 1 || (samples > 1 && !prior)) {
    const most = prior ? '' : ' (a plain autoencoder draws nothing: 1)';
    throw new LatentkitError(
      'E_RANGE',
      `score: samples must be a whole number of at least 1${most}, got ${samples}`,
    );
  }
  const [expected, got] = [describeShape(spec.image), describeShape(shape)];
  const isWhole = Number.isSafeInteger(count) && count >= 1 && images.length === count * pixelCount(shape);
  if (expected === got && isWhole) return;
  throw new LatentkitError(
    'E_SHAPE',
    `score: expected whole images of ${expected}, one at least, got ${images.length} numbers of images of ${got}`,
  );
}
