import { startWasmBackend } from '@latentkit/backend';
import { parametersToTensors } from '@latentkit/models';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createObjective } from './objective.ts';
import { tinyModel } from './testing/tiny-run.ts';

beforeAll(() => startWasmBackend());

describe('createObjective', () => {
  it("is the model's reconstruction scored, and the code's divergence, an example each", () => {
    const model = tinyModel();
    const objective = createObjective(model);
    const parameters = parametersToTensors(model.initialize(1));
    const images = tf.fill([3, 4, 3, 1], 0.25) as tf.Tensor4D;
    const noise = tf.tensor2d([0, 1, -1, 2, 0.5, 0], [3, 2]);
    const { reconstruction, kl } = objective.terms(parameters, images, noise);

    const { mean, logVar } = model.encode(parameters, images);
    const [m, v] = [mean.dataSync(), logVar!.dataSync()];
    const e = noise.dataSync();
    const divergence = [0, 1, 2].map((i) =>
      [2 * i, 2 * i + 1].reduce((sum, j) => sum + (m[j]! ** 2 + Math.exp(v[j]!) - 1 - v[j]!) / 2, 0),
    );
    expectClose(kl!.dataSync(), divergence, { relative: 1e-4 });
    const z = tf.tensor2d(
      Float32Array.from(m, (value, j) => value + Math.exp(v[j]! / 2) * e[j]!),
      [3, 2],
    );
    const logits = model.decode(parameters, z).output.dataSync() as Float32Array;
    const score = [0, 1, 2].map((i) =>
      logits
        .subarray(12 * i, 12 * (i + 1))
        .reduce((sum, logit) => sum + Math.log1p(Math.exp(logit)) - 0.25 * logit, 0),
    );
    expectClose(reconstruction.dataSync(), score);
  });

  it('has no divergence, and wants no noise, for a plain autoencoder', () => {
    const model = tinyModel({ kind: 'autoencoder' });
    const objective = createObjective(model);
    expect(objective.noiseSize).toBe(0);
    const parameters = parametersToTensors(model.initialize(1));
    const terms = objective.terms(parameters, tf.zeros([2, 4, 3, 1]), tf.zeros([2, 0]));
    expect(Object.keys(terms)).toEqual(['reconstruction']);
    expect(terms.reconstruction.shape).toEqual([2]);
  });

  it('reads a learned sigma from the parameters', () => {
    const model = tinyModel({ likelihood: { type: 'gaussian', output: 'sigmoid', sigma: 'learned' } });
    const objective = createObjective(model);
    const arrays = model.initialize(1);
    const scoreAt = (logSigma: number) => {
      const changed = { ...arrays, 'likelihood.logSigma': { shape: [], data: Float32Array.of(logSigma) } };
      const parameters = parametersToTensors(changed);
      return objective
        .terms(parameters, tf.zeros([1, 4, 3, 1]), tf.zeros([1, 2]))
        .reconstruction.dataSync()[0]!;
    };
    // 12 pixels: distance / (2 sigma^2) + 12 log(sigma) + a constant.
    const [narrow, middle, wide] = [scoreAt(-1), scoreAt(0), scoreAt(1)];
    const halfDistance = (narrow - middle + 12) / (Math.exp(2) - 1);
    expectClose([wide - middle], [halfDistance * (Math.exp(-2) - 1) + 12], { relative: 1e-4 });
  });
});
