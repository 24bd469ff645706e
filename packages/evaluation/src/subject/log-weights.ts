import { type NoiseRequests, nextTurn, pixelCount, Stream, type TracedProgram } from '@latentkit/core';
import { readBatches } from '@latentkit/datasets';
import { reshape, select } from '@latentkit/losses/ops';
import { type Model, oneHotRows } from '@latentkit/models';
import { openEagerSession } from '@latentkit/objectives';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { ComputeOptions, Subject } from './subject.ts';

/** What of a subject importance weights are computed from. */
export type WeighedSubject = Pick<
  Subject,
  'model' | 'weights' | 'set' | 'labels' | 'seed' | 'first' | 'binarize' | 'accelerator'
>;

// As fast as any other cut: whole tiles of images for each thread, and decoded numbers that stay near it.
const IMAGES_AT_ONCE = 32;
const SAMPLES_AT_ONCE = 100;
const NUMBERS_AT_ONCE = IMAGES_AT_ONCE * SAMPLES_AT_ONCE * 784;

/**
 * `log p(x, z_s) - log q(z_s | x)` of each image for `samples` draws `z_s` from `q(z | x)`, image by image in the set's order.
 *
 * Sample `s` of image `i` has the noise at (seed, `Stream.importance`, first + i, s): weights depend on neither how many are computed
 * at once nor on threads, and the first hundred of a thousand are those of a hundred.
 *
 * @param use is handed an image's index and its weights, `[samples]`, valid until it returns.
 */
export async function eachLogWeights(
  subject: WeighedSubject,
  samples: number,
  use: (image: number, logWeights: Float32Array) => void,
  { onProgress, signal }: ComputeOptions = {},
): Promise<void> {
  const { model, weights, set, labels, seed, first: firstImage, binarize, accelerator } = subject;
  const { likelihood, spec } = model;
  const state = { parameters: weights, slots: {} };
  const session = accelerator ? await accelerator.open(state) : openEagerSession(state);
  const labelsOf = spec.condition && oneHotRows('evaluate', labels, set.count, spec.condition.classes);
  const { images, atOnce } = sizesFor(pixelCount(set.shape), Math.min(samples, SAMPLES_AT_ONCE));
  const range = likelihood.anyData ? 'own' : likelihood.dataRange;
  const cut = {
    batchSize: Math.min(images, set.count),
    shuffle: false,
    range,
    binarize,
    seed,
    keep: 2,
    first: firstImage,
  } as const;
  const words = Object.values(model.noise).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  try {
    for (const read of readBatches(set, cut)) {
      const batch = await read;
      signal?.throwIfAborted();
      if (!batch) break;
      const index = batch.indices[0]!;
      const rows = new Float32Array(batch.size * samples);
      const inputs = { x: batch.x, ...(labelsOf && { labels: labelsOf(index, index + batch.size) }) };
      for (let first = 0; first < samples; first += atOnce) {
        const count = Math.min(atOnce, samples - first);
        const address = { seed, stream: Stream.importance, index: firstImage + index, word: first * words };
        const noise = { requests: noiseOf(model, count), rows: batch.size, address };
        const { logWeights } = await session.run(programOf(model, count), { inputs, noise });
        for (let row = 0; row < batch.size; row++) {
          rows.set(logWeights!.data.subarray(row * count, (row + 1) * count), row * samples + first);
        }
        onProgress?.((index + (batch.size * (first + count)) / samples) / set.count);
        await nextTurn();
        signal?.throwIfAborted();
      }
      for (let row = 0; row < batch.size; row++) {
        use(index + row, rows.subarray(row * samples, (row + 1) * samples));
      }
    }
  } finally {
    session.close();
  }
}

/** How many images, and samples of each, are decoded at once: fewer of large ones. */
function sizesFor(pixels: number, samples: number): { images: number; atOnce: number } {
  const rows = Math.max(1, Math.floor(NUMBERS_AT_ONCE / pixels));
  const atOnce = Math.min(samples, rows);
  return { atOnce, images: Math.max(1, Math.floor(rows / atOnce)) };
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

/**
 * The noise of one sample after the other. Several latents share one array, whose columns are cut apart in the program: by arrays of
 * their own a sample's words would depend on how many are drawn at once.
 */
function noiseOf({ noise }: Model, samples: number): NoiseRequests {
  const all = Object.values(noise);
  if (all.length === 1) {
    return Object.fromEntries(
      Object.entries(noise).map(([name, one]) => [name, { ...one, shape: [samples, ...one.shape] }]),
    );
  }
  const words = all.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return { all: { distribution: 'normal', shape: [samples, words] } };
}

/** The inputs as a pass reads them. */
function cutApart({ noise }: Model, { 'noise.all': all, ...inputs }: Readonly<Record<string, Tensor>>) {
  if (!all) return inputs;
  const [batch, samples, words] = all.shape as [number, number, number];
  const rows = reshape<Tensor2D>(all, [batch * samples, words]);
  let start = 0;
  const parts = Object.entries(noise).map(([name, { shape }]) => {
    const columns = Array.from({ length: sizeOf(shape) }, (_, i) => start + i);
    start += columns.length;
    const size = samples === 1 ? [batch, ...shape] : [batch, samples, ...shape];
    return [`noise.${name}`, reshape(select(rows, columns), size)] as const;
  });
  return { ...inputs, ...Object.fromEntries(parts) };
}

function programOf(model: Model, samples: number): TracedProgram<Tensor> {
  return {
    key: `log weights of ${samples} samples`,
    trace(given) {
      const inputs = cutApart(model, given.inputs);
      const pass = model.pass({ ...given, inputs, training: false, emit: () => {} }, { samples });
      return { outputs: { logWeights: pass.logWeights!() } };
    },
  };
}
