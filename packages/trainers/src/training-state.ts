import type { NamedArrays } from '@latentkit/core';
import { type Model, parametersToArrays, parametersToTensors } from '@latentkit/models';
import { dispose, type NamedTensorMap } from '@tensorflow/tfjs-core';
import { type Checkpoint, freshProgress, type TrainingProgress } from './checkpoint.ts';
import { notFinite } from './not-finite.ts';
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

/**
 * A copy of the state that nothing later changes.
 *
 * @throws `E_NOT_FINITE` rather than keep weights that nothing can go on from.
 */
export function takeCheckpoint({ tensors, progress, bestWeights }: TrainingState): Checkpoint {
  const { best, epoch, batch, step } = progress;
  const isBest = best !== null && best.epoch === epoch && batch === 0;
  const weights = isBest && bestWeights ? bestWeights : parametersToArrays(tensors.parameters);
  for (const [name, { data }] of Object.entries(weights)) {
    if (!data.every(Number.isFinite)) throw notFinite(`the weights '${name}' are not finite at step ${step}`);
  }
  return { progress, weights, slots: parametersToArrays(tensors.slots), bestWeights: bestWeights ?? weights };
}

/** Frees the state's tensors. */
export function disposeState({ tensors: { parameters, slots } }: TrainingState): void {
  dispose([parameters as NamedTensorMap, slots as NamedTensorMap]);
}
