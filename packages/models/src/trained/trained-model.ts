import {
  checkPixels,
  LatentkitError,
  type NamedArrays,
  pixelCount,
  requireImageArray,
} from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { createModel } from '../create-model.ts';
import type { ModelSpec } from '../model-spec.ts';
import { parametersToTensors } from '../parameters.ts';
import { samplePrior } from '../priors/sample-prior.ts';
import { checkWeights } from './check-weights.ts';
import { oneHotRows } from './one-hot-rows.ts';

/** Codes of images: a normal distribution each, or (plain autoencoder) a point and no `logVar`. All `[count, latent]`. */
export interface Codes {
  mean: Float32Array;
  /** Natural logarithm of the variance. */
  logVar?: Float32Array;
}

/** What a conditional model is told: one class for all, or a class each. */
export interface LabelOptions {
  label?: number | ArrayLike<number>;
}

export interface SampleOptions extends LabelOptions {
  count: number;
  /** 0 by default. Image `i` depends on the seed and on `i` alone. */
  seed?: number;
}

/** A model with its weights, from typed arrays to typed arrays. Images are `[count, height, width, channels]`. */
export interface TrainedModel {
  readonly spec: ModelSpec;
  /** Bytes (0 to 255), or floats from 0 to 1 (any numbers where the likelihood's output is `linear`), to codes. */
  encode(images: Uint8Array | Float32Array, options?: LabelOptions): Codes;
  /** Codes `[count, latent]` to images: floats from 0 to 1, or any numbers where the likelihood's output is `linear`. */
  decode(latent: Float32Array, options?: LabelOptions): Float32Array;
  /** Images to the images that their mean codes stand for. */
  reconstruct(images: Uint8Array | Float32Array, options?: LabelOptions): Float32Array;
  /** Images of codes drawn from the prior. */
  sample(options: SampleOptions): Float32Array;
  /** Frees the weights; the model is of no use then. */
  dispose(): void;
}

const CHUNK = 500; // images in memory at once; results do not depend on it

/**
 * A model ready to use, on the current tfjs backend. Results do not depend on how many images go in at once, bit for bit
 * on `@latentkit/backend`.
 *
 * @throws `E_CONFIG`, `E_UNKNOWN_NAME` where the spec makes no model; `E_SHAPE` for weights of another model, `E_NOT_FINITE` for weights that
 * hold NaN. Its functions: `E_USAGE` for what is no typed array; `E_SHAPE` for arrays that are no whole number of images or codes;
 * `E_RANGE`, `E_NOT_FINITE` for floats that are no pixels or codes, and for a count to sample that is no whole number of at least 1; `E_USAGE` from `sample` of a plain autoencoder, which has no prior to draw from, and for labels that are
 * missing or not wanted.
 * @example
 * const trained = createTrainedModel(model.spec, weights);
 * const pictures = trained.sample({ count: 16, seed: 1 }); // [16, height, width, channels]
 */
export function createTrainedModel(spec: ModelSpec, weights: NamedArrays): TrainedModel {
  const model = createModel(spec);
  checkWeights('createTrainedModel', weights, model.parameterShapes);
  const { likelihood } = model;
  const parameters = parametersToTensors(weights);
  const { latentDim, condition } = spec;
  const { height, width, channels } = spec.image;
  const pixels = pixelCount(spec.image);
  const [low, high] = likelihood.dataRange;

  function toTensor(images: Uint8Array | Float32Array): tf.Tensor4D {
    // Rounded where training rounds, so that bytes, their floats and training's batches are the same numbers.
    const unit = images instanceof Uint8Array ? 255 : 1;
    const values = Float32Array.from(images, (value) => low + (high - low) * Math.fround(value / unit));
    return tf.tensor4d(values, [images.length / pixels, height, width, channels]);
  }

  /** Runs `compute` on some rows at a time, with their labels. */
  function inChunks(
    where: string,
    count: number,
    { label }: LabelOptions,
    compute: (first: number, end: number, condition: { labels?: tf.Tensor2D }) => void,
  ): void {
    const classes = oneHotRows(where, label, count, condition?.classes);
    for (let first = 0; first < count; first += CHUNK) {
      const end = Math.min(count, first + CHUNK);
      tf.tidy(() => compute(first, end, classes ? { labels: classes(first, end) } : {}));
    }
  }

  function encode(images: Uint8Array | Float32Array, options: LabelOptions = {}): Codes {
    requireImageArray('encode', images);
    const count = countRows('encode', images, pixels, 'images');
    checkPixels('encode', images, spec.image, { anyData: likelihood.anyData });
    const mean = new Float32Array(count * latentDim);
    const logVar = model.prior ? new Float32Array(count * latentDim) : undefined;
    inChunks('encode', count, options, (first, end, given) => {
      const code = model.encode(parameters, toTensor(images.subarray(first * pixels, end * pixels)), given);
      mean.set(code.mean.dataSync(), first * latentDim);
      if (code.logVar) logVar?.set(code.logVar.dataSync(), first * latentDim);
    });
    return logVar ? { mean, logVar } : { mean };
  }

  function decode(latent: Float32Array, options: LabelOptions = {}): Float32Array {
    const count = countRows('decode', latent, latentDim, 'codes');
    const images = new Float32Array(count * pixels);
    inChunks('decode', count, options, (first, end, given) => {
      const codes = tf.tensor2d(latent.slice(first * latentDim, end * latentDim), [end - first, latentDim]);
      const decoded = model.decode(parameters, codes, given);
      images.set(likelihood.toData(likelihood.mean(decoded)).dataSync(), first * pixels);
    });
    return images;
  }

  return {
    spec,
    encode,
    decode,
    reconstruct: (images, options) => decode(encode(images, options).mean, options),
    sample({ count, seed = 0, label }) {
      if (!model.prior) {
        throw new LatentkitError('E_USAGE', 'sample: a plain autoencoder has no prior to draw from', {
          fix: "Train a model of kind 'vae', or decode codes of images you have",
        });
      }
      if (!Number.isSafeInteger(count) || count < 1) {
        throw new LatentkitError(
          'E_RANGE',
          `sample: count must be a whole number of at least 1, got ${count}`,
        );
      }
      return decode(samplePrior(model.prior, parameters, { count, latentDim, seed }), { label });
    },
    dispose: () => tf.dispose(Object.values(parameters)),
  };
}

function countRows(where: string, { length }: ArrayLike<number>, size: number, what: string): number {
  if (length > 0 && length % size === 0) return length / size;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: expected whole ${what} of ${size} number${size === 1 ? '' : 's'} each, one at least, got ${length} numbers`,
  );
}
