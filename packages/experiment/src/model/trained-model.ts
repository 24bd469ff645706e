import { LatentkitError, type NamedArrays, normalRows, pixelCount, Stream } from '@latentkit/core';
import { createModel, type ModelSpec, parametersToTensors } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';
import { checkWeights } from './check-weights.ts';

/** Codes of images: a normal distribution each, or (plain autoencoder) a point and no `logVar`. All `[count, latent]`. */
export interface Codes {
  mean: Float32Array;
  /** Natural logarithm of the variance. */
  logVar?: Float32Array;
}

export interface SampleOptions {
  count: number;
  /** 0 by default. Image `i` depends on the seed and on `i` alone. */
  seed?: number;
}

/** A model with its weights, from typed arrays to typed arrays. Images are `[count, height, width, channels]`. */
export interface TrainedModel {
  readonly spec: ModelSpec;
  /** Bytes (0 to 255) or floats (0 to 1) to codes. */
  encode(images: Uint8Array | Float32Array): Codes;
  /** Codes `[count, latent]` to images, floats from 0 to 1. */
  decode(latent: Float32Array): Float32Array;
  /** Images to the images that their mean codes stand for, floats from 0 to 1. */
  reconstruct(images: Uint8Array | Float32Array): Float32Array;
  /** Images of codes drawn from the prior, a standard normal; floats from 0 to 1. */
  sample(options: SampleOptions): Float32Array;
  /** Frees the weights; the model is of no use then. */
  dispose(): void;
}

const CHUNK = 500; // images in memory at once; results do not depend on it

/**
 * A model ready to use, on the current tfjs backend. Results do not depend on how many images go in at once, bit for bit
 * on `@latentkit/backend`.
 *
 * @throws `E_CONFIG`, `E_UNKNOWN_NAME` where the spec makes no model; `E_SHAPE` for weights of another model. Its
 * functions: `E_SHAPE` for arrays that are no whole number of images or codes, `E_RANGE` for a count to sample that is
 * no whole number of at least 1; `E_USAGE` from `sample` of a plain autoencoder, which has no prior to draw from.
 * @example
 * const trained = createTrainedModel(model.spec, weights);
 * const pictures = trained.sample({ count: 16, seed: 1 }); // [16, height, width, channels]
 */
export function createTrainedModel(spec: ModelSpec, weights: NamedArrays): TrainedModel {
  const model = createModel(spec);
  checkWeights('createTrainedModel', weights, model.parameterShapes);
  const { likelihood } = model;
  const parameters = parametersToTensors(weights);
  const { latentDim, kind } = spec;
  const { height, width, channels } = spec.image;
  const pixels = pixelCount(spec.image);
  const [low, high] = likelihood.dataRange;

  function toTensor(images: Uint8Array | Float32Array): tf.Tensor4D {
    // Rounded where training rounds, so that bytes, their floats and training's batches are the same numbers.
    const unit = images instanceof Uint8Array ? 255 : 1;
    const values = Float32Array.from(images, (value) => low + (high - low) * Math.fround(value / unit));
    return tf.tensor4d(values, [images.length / pixels, height, width, channels]);
  }

  function encode(images: Uint8Array | Float32Array): Codes {
    const count = countRows('encode', images, pixels, 'images');
    const mean = new Float32Array(count * latentDim);
    const logVar = kind === 'vae' ? new Float32Array(count * latentDim) : undefined;
    for (let first = 0; first < count; first += CHUNK) {
      tf.tidy(() => {
        const code = model.encode(
          parameters,
          toTensor(images.subarray(first * pixels, (first + CHUNK) * pixels)),
        );
        mean.set(code.mean.dataSync(), first * latentDim);
        if (code.logVar) logVar?.set(code.logVar.dataSync(), first * latentDim);
      });
    }
    return logVar ? { mean, logVar } : { mean };
  }

  function decode(latent: Float32Array): Float32Array {
    const count = countRows('decode', latent, latentDim, 'codes');
    const images = new Float32Array(count * pixels);
    for (let first = 0; first < count; first += CHUNK) {
      tf.tidy(() => {
        const part = latent.slice(first * latentDim, (first + CHUNK) * latentDim);
        const codes = tf.tensor2d(part, [part.length / latentDim, latentDim]);
        const pictures = likelihood.toUnitRange(likelihood.mean(model.decode(parameters, codes)));
        images.set(pictures.dataSync(), first * pixels);
      });
    }
    return images;
  }

  return {
    spec,
    encode,
    decode,
    reconstruct: (images) => decode(encode(images).mean),
    sample({ count, seed = 0 }) {
      if (kind !== 'vae') {
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
      return decode(normalRows(count, latentDim, { seed, stream: Stream.sample }));
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
