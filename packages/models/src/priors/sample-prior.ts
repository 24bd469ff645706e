import { createRandom, Stream } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Parameters } from '../parameters.ts';
import type { Prior } from './prior.ts';

/**
 * Codes drawn from a prior, `[count, latent]`. Code `i` depends on the seed and on `i` alone.
 *
 * Its words: `latent` standard normal numbers, then, where the prior mixes components, one that chooses among them.
 */
export function samplePrior(
  prior: Prior,
  parameters: Parameters,
  { count, latentDim, seed }: { count: number; latentDim: number; seed: number },
): Float32Array {
  const components = prior.components && readComponents(prior, parameters);
  const codes = new Float32Array(count * latentDim);
  for (let row = 0; row < count; row++) {
    const random = createRandom({ seed, stream: Stream.sample, index: row });
    const code = codes.subarray(row * latentDim, (row + 1) * latentDim);
    for (let d = 0; d < latentDim; d++) code[d] = random.normal();
    if (!components) continue;
    const { mean, deviation, size } = components;
    const first = random.integer(size) * latentDim;
    for (let d = 0; d < latentDim; d++) code[d] = mean[first + d]! + deviation[first + d]! * code[d]!;
  }
  return codes;
}

function readComponents(prior: Prior, parameters: Parameters) {
  return tf.tidy(() => {
    const { mean, logVar } = prior.components!(parameters);
    const deviation = tf.exp(tf.mul(logVar, 0.5));
    return {
      size: mean.shape[0]!,
      mean: mean.dataSync().slice() as Float32Array,
      deviation: deviation.dataSync().slice() as Float32Array,
    };
  });
}
