import { type NamedArrays, type Session, sizeOfShape } from '@latentkit/core';
import { countBatches } from '@latentkit/datasets';
import { type Objective, openEagerSession } from '@latentkit/objectives';
import type { Tensor } from '@tensorflow/tfjs-core';
import { notFinite } from '../loop/not-finite.ts';
import { applyRule, createOptimizer } from '../optimizers/create-optimizer.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { slotShapes } from '../optimizers/slot-shapes.ts';
import type { TrainSettings } from '../train-options.ts';
import { checkCheckpoint } from './check-checkpoint.ts';
import { type Checkpoint, freshProgress, type TrainingProgress } from './checkpoint.ts';

/** A run under way: what holds its weights, its progress, and the best weights so far. */
export interface TrainingState {
  readonly objective: Objective;
  readonly session: Session<Tensor>;
  /** By player. */
  readonly optimizers: Readonly<Record<string, Optimizer>>;
  /** Batches an epoch. */
  readonly batchCount: number;
  progress: TrainingProgress;
  /** When the last checkpoint was taken and seen to, by the run's clock. */
  checkpointedAt: number;
  bestWeights: NamedArrays | undefined;
}

/**
 * The state of a new run, or of the one a checkpoint left.
 *
 * @throws `E_USAGE` for a checkpoint of another run.
 */
export async function beginState(settings: TrainSettings, objective: Objective): Promise<TrainingState> {
  const { seed, dataset, batchSize, checkpoint, accelerator, weights } = settings;
  const optimizers = Object.fromEntries(
    objective.players.map(({ name }) => [
      name,
      createOptimizer(settings.players[name]?.optimizer ?? settings.optimizer),
    ]),
  );
  const shapes = { ...objective.model.parameterShapes, ...objective.parameterShapes };
  const slots = Object.assign(
    {},
    ...objective.players.map(({ name, moves }) =>
      slotShapes(optimizers[name]!, Object.fromEntries(moves.map((moved) => [moved, shapes[moved]!]))),
    ),
  ) as typeof shapes;
  const trainImages = dataset.train.count;
  const { leastBatch } = objective;
  const rest = trainImages % batchSize;
  const batchCount = countBatches(trainImages, { batchSize }) - (rest > 0 && rest < leastBatch ? 1 : 0);
  if (checkpoint !== undefined) {
    checkCheckpoint(checkpoint, { seed, objective, shapes, slots, batchCount, batchSize, trainImages });
  }
  const state = {
    parameters: checkpoint?.weights ?? { ...objective.initialize(seed), ...weights },
    slots: checkpoint?.slots ?? zeros(slots),
  };
  return {
    ...{ objective, optimizers, batchCount },
    session: accelerator ? await accelerator.open(state) : openEagerSession(state, applyRule),
    progress: checkpoint
      ? { ...checkpoint.progress, batchSize, trainImages }
      : freshProgress({ seed, batchSize, trainImages }),
    checkpointedAt: settings.now(),
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

/** A checkpoint's event; the time to the next one begins when whoever hears of it is done with it. */
export function* giveCheckpoint({ now }: Pick<TrainSettings, 'now'>, state: TrainingState) {
  yield { type: 'checkpoint', checkpoint: takeCheckpoint(state) } as const;
  state.checkpointedAt = now();
}

/**
 * A copy of the state that nothing later changes.
 *
 * @throws `E_NOT_FINITE` rather than keep weights that nothing can go on from.
 */
function takeCheckpoint({ session, progress, bestWeights }: TrainingState): Checkpoint {
  const { best, epoch, batch, step } = progress;
  const isBest = best !== null && best.epoch === epoch && batch === 0;
  const now = session.read();
  const weights = isBest && bestWeights ? bestWeights : now.parameters;
  for (const [name, { data }] of Object.entries(weights)) {
    if (!data.every(Number.isFinite)) throw notFinite(`the weights '${name}' are not finite at step ${step}`);
  }
  return { progress, weights, slots: now.slots, bestWeights: bestWeights ?? weights };
}
