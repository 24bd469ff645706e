import { type ImageSet, normalRows, Stream } from '@latentkit/core';
import { batches } from '@latentkit/datasets';
import type { Parameters } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';
import { batchTensors } from './batch-tensors.ts';
import { type LossMetrics, lossMetrics } from './metrics.ts';
import type { Objective } from './objective.ts';

const BATCH_SIZE = 500;

export interface EvaluateOptions {
  beta: number;
  seed: number;
}

/**
 * The loss of a set, mean over its images, with one latent sample an image. Image `i` keeps the same noise whenever it
 * is asked, so that epochs can be compared.
 *
 * @example
 * evaluateLoss(objective, parameters, dataset.validation, { beta: 1, seed: 42 }).loss;
 */
export function evaluateLoss(
  objective: Objective,
  parameters: Parameters,
  set: ImageSet,
  { beta, seed }: EvaluateOptions,
): LossMetrics {
  let reconstruction = 0;
  let kl: number | undefined;
  const range = objective.likelihood.dataRange;
  for (const batch of batches(set, { batchSize: Math.min(BATCH_SIZE, set.count), shuffle: false, range })) {
    const address = { seed, stream: Stream.validationNoise, index: batch.indices[0]! };
    tf.tidy(() => {
      const noise = normalRows(batch.size, objective.noiseSize, address);
      const tensors = batchTensors(batch, noise);
      const terms = objective.terms(parameters, tensors.images, tensors.noise);
      reconstruction += sum(terms.reconstruction);
      if (terms.kl) kl = (kl ?? 0) + sum(terms.kl);
    });
  }
  return lossMetrics(reconstruction / set.count, kl === undefined ? undefined : kl / set.count, beta);
}

/** In float64, in order. */
function sum(values: tf.Tensor1D): number {
  return (values.dataSync() as Float32Array).reduce((total, value) => total + value, 0);
}
