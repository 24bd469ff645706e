import {
  type NdArray,
  nextTurn,
  pixelCount,
  pixelsToFloats,
  portableLog,
  type TracedProgram,
} from '@latentkit/core';
import { imagesBetween, readBatches } from '@latentkit/datasets';
import type { Model } from '@latentkit/models';
import { openEagerSession } from '@latentkit/objectives';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ComputeOptions, Subject } from '../subject/subject.ts';

const AT_ONCE = 500; // results do not depend on it
/** A pixel that is black in every clean image may yet be white. */
const LEAST = 1e-3;

/** The mean of clean images, as they come: what a background knows. */
export async function learnBackground(
  { set }: Subject,
  { onProgress, signal }: ComputeOptions,
): Promise<Float32Array> {
  const size = pixelCount(set.shape);
  const sums = new Float64Array(size);
  for (let first = 0; first < set.count; first += AT_ONCE) {
    const end = Math.min(set.count, first + AT_ONCE);
    pixelsToFloats((await imagesBetween(set, first, end)).images).forEach((value, i) => {
      sums[i % size]! += value;
    });
    onProgress?.(end / set.count);
    await nextTurn();
    signal?.throwIfAborted();
  }
  return Float32Array.from(sums, (sum) => sum / set.count);
}

/** The score of each image by the model's own likelihood, were the decoder to give the clean mean whatever the code. */
export async function backgroundScores(
  { model, weights, set, seed, first, binarize, accelerator }: Subject,
  mean: Float32Array,
  { signal }: ComputeOptions,
): Promise<Float64Array> {
  const { likelihood } = model;
  const state = { parameters: weights, slots: {} };
  const session = accelerator ? await accelerator.open(state) : openEagerSession(state);
  const { height, width, channels } = set.shape;
  const output = mean.map(inverseOf(model));
  const range = likelihood.anyData ? 'own' : likelihood.dataRange;
  const scores = new Float64Array(set.count);
  const program = programOf(model);
  try {
    const cut = {
      batchSize: Math.min(AT_ONCE, set.count),
      shuffle: false,
      range,
      binarize,
      seed,
      keep: 2,
      first,
    } as const;
    for (const read of readBatches(set, cut)) {
      const batch = await read;
      signal?.throwIfAborted();
      if (!batch) break;
      const data = new Float32Array(batch.size * output.length);
      for (let row = 0; row < batch.size; row++) data.set(output, row * output.length);
      const background: NdArray = { shape: [batch.size, height, width, channels], data };
      const { score } = await session.run(program, { inputs: { x: batch.x, background } });
      scores.set(score!.data, batch.indices[0]!);
      await nextTurn();
    }
  } finally {
    session.close();
  }
  return scores;
}

/** From a mean to the pre-activation that gives it. */
function inverseOf({ likelihood }: Model): (mean: number) => number {
  const { output } = likelihood.spec as { output?: string };
  if (output === 'linear') return (mean) => mean;
  const logit = (mean: number) => {
    const share = Math.min(1 - LEAST, Math.max(LEAST, mean));
    return portableLog(share / (1 - share));
  };
  // tanh(a) is 2 sigmoid(2 a) - 1, and the data of a tanh are moved to [-1, 1].
  return output === 'tanh' ? (mean) => logit(mean) / 2 : logit;
}

function programOf({ likelihood }: Model): TracedProgram<Tensor> {
  return {
    key: 'background',
    trace({ parameters, inputs }) {
      const decoded = { output: inputs.background! };
      return {
        outputs: { score: likelihood.negativeLogLikelihood(decoded, inputs.x!, parameters) },
        guards: [],
      };
    },
  };
}
