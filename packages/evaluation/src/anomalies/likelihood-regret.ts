import {
  type NdArray,
  nextTurn,
  pixelCount,
  portablePower,
  Stream,
  type TracedProgram,
} from '@latentkit/core';
import { readBatches } from '@latentkit/datasets';
import { normalLogDensity } from '@latentkit/losses';
import { add, repeatRows, reshape, scale, subtract, sum } from '@latentkit/losses/ops';
import { type Model, oneHotRows, type PassContext, reparameterize } from '@latentkit/models';
import { openEagerSession } from '@latentkit/objectives';
import * as tf from '@tensorflow/tfjs-core';
import type { ComputeOptions, Subject } from '../subject/subject.ts';

const STEPS = 50;
const RATE = 0.05;
/** Of each judgement, before and after. */
const SAMPLES = 16;
const NUMBERS_AT_ONCE = 250 * 784;

/**
 * How much the ELBO of each image rises when its own posterior is fitted to it, the decoder left as it is: little for images like
 * those of the training, whose posterior the encoder knows; in nats.
 *
 * Mean and logarithm of the variance go 50 steps of Adam, each on a sample of its own.
 *
 * @see Xiao, Yan & Amit: "Likelihood regret: an out-of-distribution detection score for variational auto-encoder" (2020), section 3
 */
export async function likelihoodRegret(
  subject: Subject,
  { onProgress, signal }: ComputeOptions = {},
): Promise<Float64Array> {
  const { model, weights, set, labels, seed, first: firstImage, binarize, accelerator, spec } = subject;
  const { mean: means, logVar: logVars } = await subject.codes({ signal });
  const state = { parameters: weights, slots: {} };
  const session = accelerator ? await accelerator.open(state) : openEagerSession(state);
  const labelsOf = spec.condition && oneHotRows('score', labels, set.count, spec.condition.classes);
  const { likelihood, latentDim } = model;
  const batchSize = Math.min(set.count, Math.max(1, Math.floor(NUMBERS_AT_ONCE / pixelCount(set.shape))));
  const range = likelihood.anyData ? 'own' : likelihood.dataRange;
  const [step, judge] = [stepProgram(model, 1), stepProgram(model, SAMPLES)];
  const regrets = new Float64Array(set.count);
  try {
    const cut = { batchSize, shuffle: false, range, binarize, seed, keep: 2, first: firstImage } as const;
    for (const read of readBatches(set, cut)) {
      const batch = await read;
      if (!batch) break;
      const first = batch.indices[0]!;
      const given = { x: batch.x, ...(labelsOf && { labels: labelsOf(first, first + batch.size) }) };
      const part = (of: Float32Array) => of.slice(first * latentDim, (first + batch.size) * latentDim);
      const [mean, logVar] = [part(means), part(logVars!)].map((data) => adam(data, [batch.size, latentDim]));
      const run = (program: TracedProgram<tf.Tensor>, samples: number, at: number) =>
        session.run(program, {
          inputs: { ...given, mean: mean!.array, logVar: logVar!.array },
          noise: {
            requests: { z: { distribution: 'normal', shape: [samples, latentDim] } },
            rows: batch.size,
            address: {
              seed,
              stream: Stream.importance,
              step: 1,
              index: firstImage + first,
              word: at * latentDim,
            },
          },
        });
      const before = await run(judge, SAMPLES, 0);
      for (let t = 1; t <= STEPS; t++) {
        const gradients = await run(step, 1, SAMPLES + t);
        mean!.move(gradients.meanGradient!.data, t);
        logVar!.move(gradients.logVarGradient!.data, t);
        onProgress?.((first + (batch.size * t) / STEPS) / set.count);
        await nextTurn();
        signal?.throwIfAborted();
      }
      const after = await run(judge, SAMPLES, 0);
      for (let i = 0; i < batch.size; i++) regrets[first + i] = before.loss!.data[i]! - after.loss!.data[i]!;
    }
  } finally {
    session.close();
  }
  return regrets;
}

/** The negative ELBO of each image by a posterior that is given, and its gradients. */
function stepProgram(model: Model, samples: number): TracedProgram<tf.Tensor> {
  return {
    key: `likelihood regret by ${samples}`,
    trace(given) {
      const { parameters, inputs } = given;
      const context: PassContext = { ...given, training: false, emit: () => {} };
      const noise = inputs['noise.z'] as tf.Tensor3D;
      const [batch, , size] = noise.shape;
      const told = inputs.labels && {
        labels: repeatRows('score', inputs.labels, batch * samples) as tf.Tensor2D,
      };
      let loss: tf.Tensor1D | undefined;
      const { grads } = tf.engine().gradients(
        () => {
          const q = { mean: inputs.mean as tf.Tensor2D, logVar: inputs.logVar as tf.Tensor2D };
          const z = reparameterize(q.mean, q.logVar, noise);
          const decoded = model.decode(parameters, reshape<tf.Tensor2D>(z, [batch * samples, size]), told);
          const rows = model.likelihood.negativeLogLikelihood(decoded, inputs.x!, parameters);
          const prior = model.prior!.density(context);
          const score = meanOver(rows, batch, samples);
          const kl = prior.kl
            ? prior.kl(q)
            : meanOver(subtract(normalLogDensity(z, q), prior.logDensity(z)), batch, samples);
          const value = add<tf.Tensor1D>(score, kl);
          loss = tf.keep(value);
          return value as unknown as tf.Tensor;
        },
        [inputs.mean!, inputs.logVar!],
        undefined,
        true,
      );
      return { outputs: { loss: loss!, meanGradient: grads[0]!, logVarGradient: grads[1]! }, guards: [] };
    },
  };
}

/** Of numbers sample by sample, `[batch]`. */
function meanOver(values: tf.Tensor, batch: number, samples: number): tf.Tensor1D {
  if (samples === 1) return reshape<tf.Tensor1D>(values, [batch]);
  return scale(sum<tf.Tensor1D>(reshape(values, [batch, samples])), 1 / samples);
}

/** Numbers that go down their gradients by Adam, in float64. */
function adam(data: Float32Array, shape: readonly number[]) {
  const array: NdArray<Float32Array> = { shape, data };
  const [m, v] = [new Float64Array(data.length), new Float64Array(data.length)];
  return {
    array,
    move(gradient: ArrayLike<number>, t: number) {
      const [first, second] = [1 - portablePower(0.9, t), 1 - portablePower(0.999, t)];
      for (let i = 0; i < data.length; i++) {
        m[i] = 0.9 * m[i]! + 0.1 * gradient[i]!;
        v[i] = 0.999 * v[i]! + 0.001 * gradient[i]! ** 2;
        data[i]! -= (RATE * (m[i]! / first)) / (Math.sqrt(v[i]! / second) + 1e-8);
      }
    },
  };
}
