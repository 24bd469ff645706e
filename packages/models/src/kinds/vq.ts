import { reshape, straightThrough } from '@latentkit/losses/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { Pass, PassContext } from '../pass.ts';
import type { Code, Codebook } from '../passed-model.ts';
import type { Quantised } from '../quantised.ts';
import { decodedScores } from './decoded-scores.ts';
import type { CodeSpec, ModelKind } from './kind.ts';
import { once } from './once.ts';
import { imagesOf, trainingOf } from './pass-inputs.ts';
import { requireOneSample } from './require-one-sample.ts';

const VECTORS = 'codebook.vectors';
const COUNTS = 'codebook.counts';
const SUMS = 'codebook.sums';

const DECAY = 0.99;
const REVIVE = 0.01;
/** Against 0 / 0: a code that was never used stays where it is. */
const EPSILON = 1e-12;

/**
 * A code is one of a codebook's vectors, or several: one at each position of a convolutional encoder's grid. Each is the one
 * nearest to the encoder's vector, to which the decoder's gradient is copied. A codebook is no matter of gradients: its vectors
 * are moving averages of the encodings that chose them.
 *
 * `N <- decay N + (1 - decay) n`, `m <- decay m + (1 - decay) sum of z`, `e <- m / N`, for the `n` encodings `z` of a step that chose `e`.
 *
 * @see van den Oord et al.: "Neural discrete representation learning" (2017), equations 1 and 2, appendix A.1
 */
export const vq = {
  type: 'vq',
  heads: () => [{ name: 'code', activation: 'linear' }],
  latents: ({ latentDim }) => [{ name: 'code', type: 'codes', size: latentDim }],
  noise: () => ({}),
  prior: 'never',
  codeShape: ({ latentDim, codebook }, features) =>
    features.length === 3 ? [features[0]!, features[1]!, latentDim] : [(codebook?.vectors ?? 1) * latentDim],
  state: ({ latentDim, codebook }) => {
    const { size } = codebook!;
    return {
      [VECTORS]: { shape: [size, latentDim], init: 'glorot' },
      [COUNTS]: { shape: [size], init: 'zeros' },
      [SUMS]: { shape: [size, latentDim], init: 'zeros' },
    };
  },
  code: ([head], parameters) => quantise(head!, parameters[VECTORS] as tf.Tensor2D),
  pass(model, context, { samples = 1 }): Pass {
    requireOneSample(samples);
    const { parameters, inputs } = context;
    const x = imagesOf(inputs);
    const batch = x.shape[0]!;
    const made = once(() => {
      const { mean, encoded, chosen } = model.encode(parameters, x, trainingOf(context));
      const quantised = { encoded: encoded!, chosen: chosen! };
      if (context.training) moveCodebook(model.codebook!, quantised, context);
      return { code: mean, quantised };
    });
    const code = () => made().code;
    return {
      ...{ batch, samples, x, context, latents: {} },
      get code() {
        return code();
      },
      get quantised() {
        return made().quantised;
      },
      ...decodedScores(model, context, { batch, samples, code }),
    };
  },
} as const satisfies ModelKind;

/** What there is to know of a spec's codebook, with every default filled in. */
export function codebookOf({ latentDim, codebook }: CodeSpec, latentSize: number): Codebook | undefined {
  if (!codebook) return undefined;
  const { size, decay = DECAY, revive = REVIVE } = codebook;
  return { size, vectorSize: latentDim, vectors: latentSize / latentDim, decay, revive };
}

/** The vectors of a codebook nearest to those of an encoder, with the gradient of the encoder's. */
function quantise(head: tf.Tensor, vectors: tf.Tensor2D): Code {
  const [batch] = head.shape;
  const encoded = reshape<tf.Tensor2D>(head, [batch!, head.size / batch!]);
  const rows = tf.reshape<tf.Rank.R2>(head, [-1, vectors.shape[1]]);
  // Of all distances, the least is where 2 z e - e^2 is largest.
  const products = tf.mul(tf.matMul(rows, vectors, false, true), 2);
  const nearness = tf.sub(products, tf.sum(tf.square(vectors), 1));
  const nearest = tf.sub(1, tf.step(tf.sub(tf.max(nearness, 1, true), nearness)));
  const chosen = tf.div<tf.Tensor2D>(nearest, tf.sum(nearest, 1, true)); // codes that are equally near share
  const code = tf.reshape<tf.Rank.R2>(tf.matMul(chosen, vectors), encoded.shape);
  return { mean: straightThrough(encoded, code), encoded, chosen };
}

/** Moves each code to the mean of what chose it: a moving average over steps. */
function moveCodebook(
  { decay, vectorSize }: Codebook,
  { encoded, chosen }: Quantised,
  { parameters, emit }: PassContext,
): void {
  const rows = tf.reshape<tf.Rank.R2>(encoded, [-1, vectorSize]);
  const average = (before: tf.Tensor, now: tf.Tensor) =>
    tf.add(tf.mul(before, decay), tf.mul(now, 1 - decay));
  const counts = average(parameters[COUNTS]!, tf.sum(chosen, 0));
  const sums = average(parameters[SUMS]!, tf.matMul(chosen, rows, true, false));
  const own = tf.mul(parameters[VECTORS]!, EPSILON);
  emit(COUNTS, counts);
  emit(SUMS, sums);
  emit(VECTORS, tf.div(tf.add(sums, own), tf.reshape(tf.add(counts, EPSILON), [-1, 1])));
}
