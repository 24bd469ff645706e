import type { Parameters } from '@latentkit/models';
import type { Tensor } from '@tensorflow/tfjs-core';
import { batchTensors } from '../batch-tensors.ts';
import type { Objective } from '../objective.ts';
import type { PreparedBatch } from '../prepared-batch.ts';
import type { ExampleTerms } from './training-engine.ts';

/** The terms of each image on tfjs's current backend; call it in `tf.tidy`. */
export function computeTerms(
  objective: Objective,
  parameters: Parameters,
  batch: PreparedBatch,
): ExampleTerms {
  const { images, noise } = batchTensors(batch);
  const { reconstruction, kl } = objective.terms(parameters, images, noise);
  return { reconstruction: numbersOf(reconstruction), ...(kl && { kl: numbersOf(kl) }) };
}

const numbersOf = (tensor: Tensor) => tensor.dataSync() as Float32Array;
