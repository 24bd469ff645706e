import { createRandom, Stream, sizeOfShape } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import type { ModelRow } from './model-row.ts';

/** Weights, images and noise for a model: the same float32 numbers for the tensors and for the oracle. */
export interface ModelPoint {
  readonly batch: number;
  readonly parameters: Readonly<Record<string, Float64Array>>;
  readonly images: Float64Array;
  readonly noise: Float64Array;
  /** The gradient at the reconstruction, unequal everywhere. */
  readonly upstream: Float64Array;
}

/** Draws a point. Biases are drawn too: at a bias of zero a padded pixel may sit right on a ReLU's kink. */
export function modelPoint({ image, latentDim, parameterShapes }: ModelRow, batch: number): ModelPoint {
  const random = createRandom({ seed: 20140510, stream: Stream.sample, index: batch });
  const draw = (length: number, number: () => number) =>
    Float64Array.from({ length }, () => Math.fround(number()));
  const pixels = image.height * image.width * image.channels;
  const weight = () => 0.5 * random.normal();
  return {
    batch,
    parameters: Object.fromEntries(
      Object.entries(parameterShapes).map(([name, shape]) => [
        name,
        draw(sizeOfShape(shape), name.endsWith('.variance') ? () => 0.5 + random.uniform() : weight),
      ]),
    ),
    images: draw(batch * pixels, () => random.uniform()),
    noise: draw(batch * latentDim, () => random.normal()),
    upstream: draw(batch * pixels, () => random.normal()),
  };
}

/** The point as tensors. */
export function modelTensors({ image, latentDim, parameterShapes }: ModelRow, point: ModelPoint) {
  const { batch, parameters } = point;
  const imageShape: [number, number, number, number] = [batch, image.height, image.width, image.channels];
  return {
    parameters: Object.fromEntries(
      Object.entries(parameterShapes).map(([name, shape]) => [
        name,
        tf.tensor(Float32Array.from(parameters[name]!), [...shape]),
      ]),
    ),
    images: tf.tensor4d(Float32Array.from(point.images), imageShape),
    noise: tf.tensor2d(Float32Array.from(point.noise), [batch, latentDim]),
    upstream: tf.tensor4d(Float32Array.from(point.upstream), imageShape),
  };
}

/** Example `i` of `[batch, ...]`. */
function exampleOf(numbers: Float64Array, batch: number, i: number): Float64Array {
  const size = numbers.length / batch;
  return numbers.subarray(i * size, (i + 1) * size);
}

/** The oracle's mean, logVar and reconstruction of every example, one after the other. */
export function modelOracleAt({ oracle }: ModelRow, { batch, parameters, images, noise }: ModelPoint) {
  const examples = Array.from({ length: batch }, (_, i) => {
    const { mean, logVar } = oracle.encode(parameters, exampleOf(images, batch, i));
    const e = exampleOf(noise, batch, i);
    const latent = logVar ? mean.map((m, j) => m + Math.exp(logVar[j]! / 2) * e[j]!) : mean;
    return { mean, logVar, reconstruction: oracle.decode(parameters, latent) };
  });
  return {
    mean: examples.flatMap(({ mean }) => [...mean]),
    logVar: examples.flatMap(({ logVar }) => [...(logVar ?? [])]),
    reconstruction: examples.flatMap(({ reconstruction }) => [...reconstruction]),
  };
}
