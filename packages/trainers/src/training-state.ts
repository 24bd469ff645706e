import type { NamedArrays } from '@latentkit/core';
import { type Model, parametersToArrays, parametersToTensors } from '@latentkit/models';
import { dispose } from '@tensorflow/tfjs-core';
import { type Checkpoint, freshProgress, type TrainingProgress } from './checkpoint.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import { emptySlots, type TrainedTensors } from './train-step.ts';

/** A run under way: its tensors, its progress, and the best weights so far. */
export interface TrainingState {
  tensors: TrainedTensors;
  progress: TrainingProgress;
  bestWeights: NamedArrays | undefined;
}

/** The state of a new run, or of the one a checkpoint left. */
export function beginState(
  model: Model,
  optimizer: Optimizer,
  seed: number,
  checkpoint?: Checkpoint,
): TrainingState {
  const parameters = parametersToTensors(checkpoint?.weights ?? model.initialize(seed));
  const slots = checkpoint ? parametersToTensors(checkpoint.slots) : emptySlots(optimizer, parameters);
  const progress = checkpoint?.progress ?? freshProgress(seed);
  return { tensors: { parameters, slots }, progress, bestWeights: checkpoint?.bestWeights };
}

/** A copy of the state that nothing later changes. */
export function takeCheckpoint({ tensors, progress, bestWeights }: TrainingState): Checkpoint {
  const weights = parametersToArrays(tensors.parameters);
  return { progress, weights, slots: parametersToArrays(tensors.slots), bestWeights: bestWeights ?? weights };
}

export function disposeState({ tensors }: TrainingState): void {
  dispose([tensors.parameters, tensors.slots] as Parameters<typeof dispose>[0]);
}
