import { createRandom, type NamedArrays, Stream, type TracedProgram } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Prior } from './prior.ts';

/** What computes the `mean` and `deviation` of the components that a prior mixes, `[components, latent]`, where it does. */
export function componentsProgram({ components }: Prior): TracedProgram<tf.Tensor> | undefined {
  return (
    components && {
      key: 'components',
      trace({ parameters }) {
        const { mean, logVar } = components(parameters);
        return { outputs: { mean, deviation: tf.exp(tf.mul(logVar, 0.5)) }, guards: [] };
      },
    }
  );
}

/**
 * Codes drawn from a prior, `[count, latent]`. Code `i` depends on the seed and on `i` alone.
 *
 * Its words: `latent` standard normal numbers, then, where the prior mixes components, one that chooses among them.
 *
 * @param components the outputs of {@link componentsProgram}; none of a standard normal.
 */
export function samplePrior(
  components: NamedArrays | undefined,
  { count, latentDim, seed }: { count: number; latentDim: number; seed: number },
): Float32Array {
  const { mean, deviation } = components ?? {};
  const codes = new Float32Array(count * latentDim);
  for (let row = 0; row < count; row++) {
    const random = createRandom({ seed, stream: Stream.sample, index: row });
    const code = codes.subarray(row * latentDim, (row + 1) * latentDim);
    for (let d = 0; d < latentDim; d++) code[d] = random.normal();
    if (!mean || !deviation) continue;
    const first = random.integer(mean.shape[0]!) * latentDim;
    for (let d = 0; d < latentDim; d++)
      code[d] = mean.data[first + d]! + deviation.data[first + d]! * code[d]!;
  }
  return codes;
}

/** What computes the `mean` and `deviation` of codes given upper ones, `[count, latent]`, where a prior draws them by such. */
export function downProgram({ upper }: Prior): TracedProgram<tf.Tensor> | undefined {
  return (
    upper && {
      key: 'down',
      trace({ parameters, inputs }) {
        const { mean, logVar } = upper.down(parameters, inputs.upper as tf.Tensor2D);
        return { outputs: { mean, deviation: tf.exp(tf.mul(logVar, 0.5)) }, guards: [] };
      },
    }
  );
}

/** The upper codes of {@link samplePrior}'s, standard normal, from row `first` on: words that follow those of the code's noise. */
export function sampleUpper(
  { first, end }: { first: number; end: number },
  { latentDim, upperDim, seed }: { latentDim: number; upperDim: number; seed: number },
): Float32Array {
  const codes = new Float32Array((end - first) * upperDim);
  for (let row = first; row < end; row++) {
    const random = createRandom({ seed, stream: Stream.sample, index: row, word: latentDim });
    for (let d = 0; d < upperDim; d++) codes[(row - first) * upperDim + d] = random.normal();
  }
  return codes;
}
