import { findNotFinite, type NamedArrays, type Session, sizeOfShape } from '@latentkit/core';
import { countBatches } from '@latentkit/datasets';
import { type Objective, openEagerSession } from '@latentkit/objectives';
import type { Tensor } from '@tensorflow/tfjs-core';
import { copyArrays } from '../loop/average-weights.ts';
import { createYielder } from '../loop/create-yielder.ts';
import { notFinite } from '../loop/not-finite.ts';
import type { Stopwatch } from '../loop/stopwatch.ts';
import { applyRule } from '../optimizers/create-optimizer.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { playerOptimizer } from '../optimizers/player-optimizer.ts';
import { slotShapes } from '../optimizers/slot-shapes.ts';
import type { TrainSettings } from '../train-options.ts';
import type { CheckpointEvent, SnapshotEvent } from '../training-event.ts';
import { checkCheckpoint } from './check-checkpoint.ts';
import { freshProgress, type TrainingProgress } from './checkpoint.ts';

/** A run under way: what holds its weights, its progress, and the best weights so far. */
export interface TrainingState {
  readonly objective: Objective;
  readonly session: Session<Tensor>;
  /** By player. */
  readonly optimizers: Readonly<Record<string, Optimizer>>;
  /** Batches an epoch. */
  readonly batchCount: number;
  progress: TrainingProgress;
  readonly stopwatch: Stopwatch;
  /** One for all epochs: each may be shorter than what lies between two turns of the event loop. */
  readonly yieldAtTimes: () => Promise<void>;
  /** When the last ones were given, by the stopwatch. */
  readonly givenAt: { checkpoint: number; snapshot: number };
  bestWeights: NamedArrays | undefined;
  /** The moving average of the weights, moved in place after each step. */
  averaged: NamedArrays | undefined;
}

/**
 * The state of a new run, or of the one a checkpoint left.
 *
 * @throws `E_USAGE` for a checkpoint of another run.
 */
export async function beginState(
  settings: TrainSettings,
  objective: Objective,
  stopwatch: Stopwatch,
): Promise<TrainingState> {
  const { seed, dataset, batchSize, checkpoint, accelerator, weights, now } = settings;
  const optimizers = Object.fromEntries(
    objective.players.map(({ name }) => [
      name,
      playerOptimizer(objective, name, settings.players[name]?.optimizer ?? settings.optimizer),
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
    const { averaging, gradientNorm } = settings;
    checkCheckpoint(checkpoint, {
      ...{ seed, objective, shapes, slots, batchCount, batchSize, trainImages },
      ...{ isAveraged: averaging !== undefined, gradientNorm },
    });
  }
  const state = {
    parameters: checkpoint?.weights ?? { ...objective.initialize(seed), ...weights },
    slots: checkpoint?.slots ?? zeros(slots),
  };
  return {
    ...{ objective, optimizers, batchCount, stopwatch },
    yieldAtTimes: createYielder(now),
    session: accelerator ? await accelerator.open(state) : openEagerSession(state, applyRule),
    progress: checkpoint
      ? { ...checkpoint.progress, batchSize, trainImages }
      : freshProgress({ seed, batchSize, trainImages }),
    givenAt: { checkpoint: stopwatch.read(), snapshot: stopwatch.read() },
    bestWeights: checkpoint?.bestWeights,
    averaged: settings.averaging && copyArrays(checkpoint?.averaged ?? state.parameters),
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

/** What is given between steps whose times have come; nothing once the run is to stop, as a checkpoint follows then. */
export function* giveDue(
  {
    checkpointSeconds = Number.POSITIVE_INFINITY,
    snapshotSeconds = Number.POSITIVE_INFINITY,
    signal,
  }: TrainSettings,
  state: TrainingState,
): Generator<SnapshotEvent | CheckpointEvent, void, undefined> {
  const isDue = (what: keyof TrainingState['givenAt'], seconds: number) =>
    !signal?.aborted && state.stopwatch.read() - state.givenAt[what] >= 1000 * seconds;
  if (isDue('snapshot', snapshotSeconds)) yield takeSnapshot(state);
  if (isDue('checkpoint', checkpointSeconds)) yield takeCheckpoint(state);
}

/** @throws `E_NOT_FINITE` rather than show weights that no step can follow. */
function takeSnapshot({ session, progress, objective, stopwatch, givenAt }: TrainingState): SnapshotEvent {
  const { epoch, batch, step } = progress;
  const weights = modelsOwn(session.read().parameters, objective);
  requireFinite(weights, step);
  givenAt.snapshot = stopwatch.read();
  return { type: 'snapshot', epoch: epoch + 1, batch, weights };
}

/**
 * A copy of the state that nothing later changes.
 *
 * @throws `E_NOT_FINITE` rather than keep weights that nothing can go on from.
 */
export function takeCheckpoint({
  session,
  progress,
  bestWeights,
  averaged,
  stopwatch,
  givenAt,
}: TrainingState): CheckpointEvent {
  const { best, epoch, batch, step } = progress;
  // Of averaged weights the best are never those of a step.
  const isBest = best !== null && best.epoch === epoch && batch === 0 && !averaged;
  const now = session.read();
  const weights = isBest && bestWeights ? bestWeights : now.parameters;
  requireFinite(weights, step);
  givenAt.checkpoint = stopwatch.read();
  const checkpoint = {
    ...{ progress, weights, slots: now.slots, bestWeights: bestWeights ?? weights },
    ...(averaged && { averaged: copyArrays(averaged) }),
  };
  return { type: 'checkpoint', checkpoint };
}

/** @throws `E_NOT_FINITE` for weights that no step can follow. */
export function requireFinite(weights: NamedArrays, step: number): void {
  for (const [name, { data }] of Object.entries(weights)) {
    if (findNotFinite(data) >= 0) throw notFinite(`the weights '${name}' are not finite at step ${step}`);
  }
}

/** Weights without those that are the objective's. */
export function modelsOwn(weights: NamedArrays, { parameterShapes }: Objective): NamedArrays {
  if (Object.keys(parameterShapes).length === 0) return weights;
  return Object.fromEntries(
    Object.entries(weights).filter(([name]) => !Object.hasOwn(parameterShapes, name)),
  );
}
