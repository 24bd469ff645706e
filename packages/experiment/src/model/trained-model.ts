import { LatentkitError, type NamedArrays, normalRows, pixelCount, Stream } from '@latentkit/core';
import { createLikelihood } from '@latentkit/losses';
import { createModel, type ModelSpec, parametersToTensors } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';

/** Codes of images: a normal distribution each, or (plain autoencoder) a point and no `logVar`. All `[count, latent]`. */
export interface Codes {
  mean: Float32Array;
  logVar?: Float32Array;
}

export interface SampleOptions {
  count: number;
  /** 0 by default. */
  seed?: number;
}

/** A model with its weights, from typed arrays to typed arrays. Images are `[count, height, width, channels]`. */
export interface TrainedModel {
  readonly spec: ModelSpec;
  /** Bytes (0 to 255) or floats (0 to 1) to codes. */
  encode(images: Uint8Array | Float32Array): Codes;
  /** Codes `[count, latent]` to images, floats from 0 to 1. */
  decode(latent: Float32Array): Float32Array;
  /** Images to the images that their mean codes stand for. */
  reconstruct(images: Uint8Array | Float32Array): Float32Array;
  /** Images of codes drawn from the prior, a standard normal. */
  sample(options: SampleOptions): Float32Array;
  /** Frees the weights. */
  dispose(): void;
}

const CHUNK = 500;

/**
 * A model ready to use, on the current tfjs backend. Results do not depend on how many images go in at once.
 *
 * @throws `E_SHAPE` from its functions for arrays that are no whole number of images or codes; `E_USAGE` from `sample`
 * for a plain autoencoder, which has no prior to draw from.
 * @example
 * const trained = createTrainedModel(model.spec, weights);
 * const pictures = trained.sample({ count: 16, seed: 1 }); // [16, height, width, channels]
 */
export function createTrainedModel(spec: ModelSpec, weights: NamedArrays): TrainedModel {
  const model = createModel(spec);
  const likelihood = createLikelihood(spec.likelihood);
  const parameters = parametersToTensors(weights);
  const pixels = pixelCount(spec.image);
  const { height, width, channels } = spec.image;
  const [low, high] = likelihood.dataRange;

  function toTensor(images: Uint8Array | Float32Array): tf.Tensor4D {
    const scale = (high - low) / (images instanceof Uint8Array ? 255 : 1);
    const values = Float32Array.from(images, (value) => value * scale + low);
    return tf.tensor4d(values, [images.length / pixels, height, width, channels]);
  }

  function encode(images: Uint8Array | Float32Array): Codes {
    const count = countOf('encode', images, pixels);
    const mean = new Float32Array(count * spec.latentDim);
    const logVar = spec.kind === 'vae' ? new Float32Array(mean.length) : undefined;
    for (let first = 0; first < count; first += CHUNK) {
      tf.tidy(() => {
        const code = model.encode(
          parameters,
          toTensor(images.subarray(first * pixels, (first + CHUNK) * pixels)),
        );
        mean.set(code.mean.dataSync() as Float32Array, first * spec.latentDim);
        if (code.logVar) logVar?.set(code.logVar.dataSync() as Float32Array, first * spec.latentDim);
      });
    }
    return logVar ? { mean, logVar } : { mean };
  }

  function decode(latent: Float32Array): Float32Array {
    const count = countOf('decode', latent, spec.latentDim);
    const images = new Float32Array(count * pixels);
    for (let first = 0; first < count; first += CHUNK) {
      tf.tidy(() => {
        const part = latent.subarray(first * spec.latentDim, (first + CHUNK) * spec.latentDim);
        const codes = tf.tensor2d(part, [part.length / spec.latentDim, spec.latentDim]);
        const pictures = likelihood.toUnitRange(likelihood.mean(model.decode(parameters, codes)));
        images.set(pictures.dataSync() as Float32Array, first * pixels);
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
      if (spec.kind !== 'vae') {
        throw new LatentkitError('E_USAGE', 'sample: a plain autoencoder has no prior to draw from', {
          fix: "Train a model of kind 'vae', or decode codes of images you have",
        });
      }
      return decode(normalRows(count, spec.latentDim, { seed, stream: Stream.sample }));
    },
    dispose: () => tf.dispose(Object.values(parameters)),
  };
}

function countOf(where: string, numbers: Uint8Array | Float32Array, size: number): number {
  if (numbers.length > 0 && numbers.length % size === 0) return numbers.length / size;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: expected a whole number of ${size} numbers each, at least one, got ${numbers.length} numbers`,
  );
}
