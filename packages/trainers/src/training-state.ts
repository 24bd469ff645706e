import type { Accelerator, NamedArrays } from '@latentkit/core';
import { sizeOfShape } from '@latentkit/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type Checkpoint, freshProgress, type TrainingProgress } from './checkpoint.ts';
import { createAcceleratedEngine } from './engines/accelerated-engine.ts';
import { createEagerEngine } from './engines/eager-engine.ts';
import type { TrainingEngine } from './engines/training-engine.ts';
import { notFinite } from './not-finite.ts';
import type { Objective } from './objective.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import { slotShapes } from './optimizers/slot-shapes.ts';

/** A run under way: what holds its weights, its progress, and the best weights so far. */
export interface TrainingState {
  readonly engine: TrainingEngine;
  progress: TrainingProgress;
  bestWeights: NamedArrays | undefined;
}

export interface BeginOptions {
  seed: number;
  checkpoint?: Checkpoint;
  accelerator?: Accelerator<Tensor>;
}

/** The state of a new run, or of the one a checkpoint left. */
export async function beginState(
  objective: Objective,
  optimizer: Optimizer,
  { seed, checkpoint, accelerator }: BeginOptions,
): Promise<TrainingState> {
  const { model } = objective;
  const start = {
    weights: checkpoint?.weights ?? model.initialize(seed),
    slots: checkpoint?.slots ?? zeros(slotShapes(optimizer, model.parameterShapes)),
  };
  const engine = accelerator
    ? await createAcceleratedEngine(accelerator, objective, optimizer, start)
    : createEagerEngine(objective, optimizer, start);
  return {
    engine,
    progress: checkpoint?.progress ?? freshProgress(seed),
    bestWeights: checkpoint?.bestWeights,
  };
}

/** The optimizer's memory before its first update. */
function zeros(shapes: Readonly<Record<string, readonly number[]>>): NamedArrays {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      { shape, data: new Float32Array(sizeOfShape(shape)) },
    ]),
  );
}

/**
 * A copy of the state that nothing later changes.
 *
 * @throws `E_NOT_FINITE` rather than keep weights that nothing can go on from.
 */
export function takeCheckpoint({ engine, progress, bestWeights }: TrainingState): Checkpoint {
  const { best, epoch, batch, step } = progress;
  const isBest = best !== null && best.epoch === epoch && batch === 0;
  const now = engine.read();
  const weights = isBest && bestWeights ? bestWeights : now.weights;
  for (const [name, { data }] of Object.entries(weights)) {
    if (!data.every(Number.isFinite)) throw notFinite(`the weights '${name}' are not finite at step ${step}`);
  }
  return { progress, weights, slots: now.slots, bestWeights: bestWeights ?? weights };
}
