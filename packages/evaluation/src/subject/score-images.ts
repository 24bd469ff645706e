import {
  type Accelerator,
  describeShape,
  type Examples,
  LatentkitError,
  type NamedArrays,
  pixelCount,
} from '@latentkit/core';
import { checkValue, objectRule } from '@latentkit/core/options';
import {
  createModel,
  isVariational,
  type LabelOptions,
  type Model,
  type ModelSpec,
  oneHotRows,
} from '@latentkit/models';
import { createObjective, klTerms, reconstruction } from '@latentkit/objectives';
import { evaluateEach } from '@latentkit/trainers';
import type { Tensor } from '@tensorflow/tfjs-core';
import { setRule } from './evaluated-model.ts';

/** A conditional model is told `label`: a class for all images, or a class each; those of the set by default. */
export interface ScoreOptions extends LabelOptions {
  /** Latent samples an image, whose reconstructions are averaged; 1 by default. */
  samples?: number;
  /** Of the noise; that of the training by default, so that one sample gives the run's own validation loss. */
  seed?: number;
  /** Computes faster, with the same bits. */
  accelerator?: Accelerator<Tensor>;
  /** Stops between images. */
  signal?: AbortSignal;
}

/** The terms of the negative ELBO of each image, in nats; no `kl` for a plain autoencoder. */
export interface ImageScores {
  /** Mean over the samples of `-log p(x | z)`, or whatever the likelihood measures. */
  readonly reconstruction: Float64Array;
  /** `KL(q(z | x) || p(z))`, of all levels; by the samples where the prior has no closed form. */
  readonly kl?: Float64Array;
  /** The part of it that is of the upper level, where there are two. */
  readonly klZ2?: Float64Array;
}

export interface ScoreSettings extends ScoreOptions {
  samples: number;
  seed: number;
  /** The number of the first image, for who has a part of a set. */
  first?: number;
  /** Draws grey pixels as coins, as the run's validation did. */
  binarize: 'none' | 'fixed';
  /** Hears how many images are done. */
  onProgress?: (images: number) => void;
}

const NUMBERS_AT_ONCE = 500 * 784; // of decoded images; results do not depend on it

/**
 * Scores each image of a set by a model's weights. Image `i` depends on the seed and on `first + i` alone.
 *
 * @throws `E_SHAPE` for images of another shape; `E_RANGE` for no whole number of samples; `E_NOT_FINITE`, `E_RANGE` for pixels that
 * cannot be; `E_USAGE`, `E_RANGE` for labels that are missing or that the model does not know; the signal's reason.
 */
export async function scoreImages(
  spec: ModelSpec,
  weights: NamedArrays,
  set: Examples,
  settings: ScoreSettings,
): Promise<ImageScores> {
  checkValue('scoreImages', 'settings', settings, objectRule);
  checkValue('scoreImages', 'set', set, setRule);
  const { samples, label, ...options } = settings;
  const model = createModel(spec);
  checkScored(model, set, samples);
  const { labels, ...bare } = set;
  const told = labelsOf(model, set.count, spec.condition ? (label ?? labels) : label);
  const terms = [reconstruction(), ...klTerms(model)];
  const objective = createObjective(model, { terms, samples });
  const batchSize = Math.max(1, Math.floor(NUMBERS_AT_ONCE / (samples * pixelCount(set.shape))));
  const scored = { ...bare, ...(told && { labels: told }) };
  const scores = await evaluateEach(objective, weights, scored, { ...options, batchSize });
  const { reconstruction: given, kl, klZ2 } = scores as Record<string, Float64Array>;
  if (!kl) return { reconstruction: given! };
  if (!klZ2) return { reconstruction: given!, kl };
  return { reconstruction: given!, kl: kl.map((nats, i) => nats + klZ2[i]!), klZ2 };
}

/** A class an image, as sets have them. */
function labelsOf({ spec: { condition } }: Model, count: number, label: LabelOptions['label']) {
  if (!oneHotRows('score', label, count, condition?.classes)) return undefined;
  return typeof label === 'number' ? new Uint32Array(count).fill(label) : Uint32Array.from(label!);
}

function checkScored({ spec }: Model, set: Examples, samples: number): void {
  const { shape, count } = set;
  const numbers = 'images' in set ? set.images.length : count * pixelCount(shape);
  if (!Number.isSafeInteger(samples) || samples < 1 || (samples > 1 && !isVariational(spec))) {
    const most = isVariational(spec) ? '' : ' (codes are points, of which nothing is drawn: 1)';
    throw new LatentkitError(
      'E_RANGE',
      `score: samples must be a whole number of at least 1${most}, got ${samples}`,
    );
  }
  const [expected, got] = [describeShape(spec.image), describeShape(shape)];
  const isWhole = Number.isSafeInteger(count) && count >= 1 && numbers === count * pixelCount(shape);
  if (expected === got && isWhole) return;
  throw new LatentkitError(
    'E_SHAPE',
    `score: expected whole images of ${expected}, one at least, got ${numbers} numbers of images of ${got}`,
  );
}
