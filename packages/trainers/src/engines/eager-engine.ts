import type { NamedArrays } from '@latentkit/core';
import { parametersToArrays, parametersToTensors } from '@latentkit/models';
import { dispose, type NamedTensorMap, tidy } from '@tensorflow/tfjs-core';
import { batchTensors } from '../batch-tensors.ts';
import type { Objective } from '../objective.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { type TrainedTensors, trainStep } from '../train-step.ts';
import { computeTerms } from './compute-terms.ts';
import type { TrainingEngine } from './training-engine.ts';

/** Computes on tfjs's current backend, operation by operation. */
export function createEagerEngine(
  objective: Objective,
  optimizer: Optimizer,
  start: { weights: NamedArrays; slots: NamedArrays },
): TrainingEngine {
  let tensors: TrainedTensors = {
    parameters: parametersToTensors(start.weights),
    slots: parametersToTensors(start.slots),
  };
  return {
    async step(batch, options) {
      const { images, noise } = batchTensors(batch);
      try {
        const { metrics, next } = trainStep(objective, optimizer, tensors, images, noise, options);
        tensors = next;
        return metrics;
      } finally {
        dispose([images, noise]);
      }
    },
    terms: async (batch) => tidy(() => computeTerms(objective, tensors.parameters, batch)),
    read: () => ({
      weights: parametersToArrays(tensors.parameters),
      slots: parametersToArrays(tensors.slots),
    }),
    close: () => dispose([tensors.parameters as NamedTensorMap, tensors.slots as NamedTensorMap]),
  };
}
