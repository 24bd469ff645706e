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
  return drawRows({ first: 0, end: count }, { size: latentDim, seed, word: 0, components });
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

/** The upper codes of {@link samplePrior}'s, from row `first` on: words that follow those of the code's noise. */
export function sampleUpper(
  rows: { first: number; end: number },
  { latentDim, upperDim, ...given }: { latentDim: number; upperDim: number } & Omit<Drawn, 'size' | 'word'>,
): Float32Array {
  return drawRows(rows, { ...given, size: upperDim, word: latentDim });
}

interface Drawn {
  readonly size: number;
  readonly seed: number;
  /** The first word of each row's own sequence that is used. */
  readonly word: number;
  readonly components: NamedArrays | undefined;
}

function drawRows(
  { first, end }: { first: number; end: number },
  { size, seed, word, components }: Drawn,
): Float32Array {
  const { mean, deviation } = components ?? {};
  const codes = new Float32Array((end - first) * size);
  for (let row = first; row < end; row++) {
    const random = createRandom({ seed, stream: Stream.sample, index: row, word });
    const code = codes.subarray((row - first) * size, (row - first + 1) * size);
    for (let d = 0; d < size; d++) code[d] = random.normal();
    if (!mean || !deviation) continue;
    const of = random.integer(mean.shape[0]!) * size;
    for (let d = 0; d < size; d++) code[d] = mean.data[of + d]! + deviation.data[of + d]! * code[d]!;
  }
  return codes;
}
