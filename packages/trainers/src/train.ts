import {
  didYouMean,
  type Examples,
  LatentkitError,
  type Schedule,
  scheduleAt,
  shorten,
  sizeOfShape,
} from '@latentkit/core';
import { checkWeights } from '@latentkit/models';
import { createObjective, type Objective, termsOf, weightColumnOf, withBeta } from '@latentkit/objectives';
import { findAlarms } from './alarms/find-alarms.ts';
import { isOutOfPatience } from './callbacks/early-stopping.ts';
import { checkKinds, checkTrainOptions } from './check-train-options.ts';
import { notesOfCheckpoint } from './checkpoint/check-checkpoint.ts';
import { keepState, rewindTo } from './checkpoint/rewind.ts';
import {
  beginState,
  modelsOwn,
  requireFinite,
  type TrainingState,
  takeCheckpoint,
} from './checkpoint/training-state.ts';
import { checkBatches, validationBatchSize } from './loop/batch-room.ts';
import { finishEpoch, keptAverage } from './loop/finish-epoch.ts';
import type { MetricsRow } from './loop/metrics.ts';
import { checkLabelled, checkLabels } from './loop/prepared-batch.ts';
import { runEpoch } from './loop/run-epoch.ts';
import { createStopwatch, type Stopwatch } from './loop/stopwatch.ts';
import { type TrainOptions, type TrainSettings, withDefaults } from './train-options.ts';
import type { AlarmEvent, EndEvent, StartEvent, TrainingEvent } from './training-event.ts';

/**
 * Trains a model on the current tfjs backend or on an accelerator, telling what happens as it happens.
 *
 * Minimises `reconstruction + beta * kl`, mean over a batch's images, or another {@link Objective}. The same options give the
 * same weights: order and noise come from the seed, the epoch and the step alone. Stops after `epochs`, or when early stopping says so, or when
 * the signal is aborted: then with a checkpoint from which the same options go on to the same weights. A checkpoint also
 * follows each epoch, and comes within one by `checkpointSeconds`; `snapshotSeconds` gives weights to draw by. Whoever does not ask
 * for the next event pauses the run, for as long as he likes. Leaving the loop (`break`) frees all tensors.
 *
 * @throws `E_CONFIG`, `E_USAGE`, `E_RANGE`, `E_SHAPE`, `E_UNKNOWN_NAME` for options no run can have; `E_LIMIT` for batches that no
 * memory holds; `E_USAGE` for a checkpoint of another run, `E_FORMAT` for a damaged one;
 * `E_NOT_FINITE` when the loss becomes NaN or infinite: the checkpoints given before stay good.
 * @example
 * for await (const event of train({ model, dataset, epochs: 10, batchSize: 128, seed: 42 })) {
 *   if (event.type === 'epoch') console.log(event.epoch, event.loss, event.valLoss);
 *   if (event.type === 'end') weights = event.weights;
 * }
 * @see Kingma & Welling: "Auto-Encoding Variational Bayes" (2014), algorithm 1; Higgins et al.: "beta-VAE" (2017)
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainingEvent, void, undefined> {
  checkKinds(options);
  const settings = withDefaults(options);
  checkTrainOptions(settings);
  const { model, dataset } = settings;
  const objective = objectiveOf(settings);
  const { batchSize } = settings;
  const { optimizer, players, clip, accelerator } = settings;
  checkBatches('train', objective, {
    ...{ batchSize, images: dataset.train.count, optimizer, players, clip },
    ...(accelerator?.memory && { memory: accelerator.memory }),
  });
  checkBatches('train', objective, {
    batchSize: validationBatchSize(objective, batchSize),
    images: dataset.validation.count,
  });
  checkPlayers(settings, objective);
  checkLabelled(objective, dataset.train);
  for (const name of ['train', 'validation', 'test'] as const) {
    const set = dataset[name];
    if (set) checkLabels(objective, set, name); // what it is tested on later, too
  }
  if (settings.weights) checkWeights('train: weights', settings.weights, model.parameterShapes);
  const stopwatch = createStopwatch(settings.now);
  for await (const event of runEpochs(settings, objective, stopwatch)) {
    stopwatch.stop();
    yield event;
    stopwatch.start();
  }
}

/** What a bounded KL is to be, by the name that its term's scalar has. */
const CAPACITY = 'klPenalty.capacity';

async function* runEpochs(
  settings: TrainSettings,
  objective: Objective,
  stopwatch: Stopwatch,
): AsyncGenerator<TrainingEvent, void, undefined> {
  const state = await beginState(settings, objective, stopwatch);
  try {
    yield startEvent(settings, state);
    let reason = reasonToEnd(settings, state);
    let good = settings.rewind && keepState(state);
    while (reason === undefined) {
      let metrics: MetricsRow | undefined;
      try {
        metrics = yield* runEpoch(settings, state);
        if (settings.rewind) requireFinite(state.session.read().parameters, state.progress.step);
      } catch (error) {
        yield rewindTo(good, error, settings, state);
        continue;
      }
      if (metrics) {
        finishEpoch(state, settings, metrics);
        yield { type: 'epoch', ...metrics };
        yield* alarmsOf(settings, state);
        good = settings.rewind && keepState(state);
      }
      yield takeCheckpoint(state);
      reason = reasonToEnd(settings, state) ?? (settings.signal?.aborted ? 'aborted' : undefined);
    }
    yield endEvent(settings, state, reason);
  } finally {
    state.session.close();
  }
}

/** What the epoch that was just done has to say beyond its numbers. */
function* alarmsOf(
  { model: { latentDim, prior }, epochs }: TrainSettings,
  { objective, batchCount, progress: { epoch, history } }: TrainingState,
): Generator<AlarmEvent, void, undefined> {
  const { [CAPACITY]: capacity } = objective.scalars;
  const alarms = findAlarms(history, {
    ...{ latentDim, upperDim: prior?.upper?.latentDim, epochs, batches: batchCount },
    ...(capacity !== undefined && { capacity }),
  });
  for (const alarm of alarms) if (alarm.epoch === epoch) yield { type: 'alarm', ...alarm };
}

/** Why a run has come to its end by itself; it may have done so before its checkpoint already. */
function reasonToEnd(
  { epochs, earlyStopping }: TrainSettings,
  { progress }: TrainingState,
): EndEvent['reason'] | undefined {
  if (earlyStopping && isOutOfPatience(earlyStopping, progress.earlyStopping)) return 'stoppedEarly';
  return progress.epoch >= epochs ? 'completed' : undefined;
}

/**
 * What is minimised: the objective that was given, or the ELBO; with the beta that was given.
 *
 * @throws `E_USAGE` for a beta where there is no KL to weigh, or an objective of another model.
 */
function objectiveOf({ model, dataset, objective, beta }: TrainSettings): Objective {
  if (objective && objective.model !== model) {
    throw new LatentkitError('E_USAGE', 'train: the objective was made for another model', {
      fix: 'Make it of the model that is trained: createObjective(model, ...)',
    });
  }
  const chosen = objective ?? createObjective(model, undefined, { examples: dataset.train.count });
  // A plain autoencoder was always trained without a word about the 1 that configs used to hold.
  if (beta === undefined || (!objective && !model.prior && beta === 1)) return chosen;
  return withBeta(chosen, beta);
}

/** What is said of a player that an objective does not have would be left out in silence. */
function checkPlayers({ players }: TrainSettings, objective: Objective): void {
  const known = objective.players.map(({ name }) => name);
  const unknown = Object.keys(players).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new LatentkitError('E_UNKNOWN_NAME', `train: the objective has no player '${shorten(unknown)}'`, {
    fix: didYouMean(shorten(unknown), known),
  });
}

/** Schedules of weights that the run is too short for. */
function notesOf(objective: Objective, epochs: number): string[] {
  const weights = termsOf(objective).map((term) => [weightColumnOf(term) ?? term.name, term.weight] as const);
  return [...weights, ...Object.entries(objective.scalars)].flatMap(([name, schedule]) => {
    if (typeof schedule !== 'object' || schedule.type === 'exponential') return [];
    const last = scheduleAt(schedule as Schedule, epochs - 1, epochs - 1);
    if (last === schedule.to) return [];
    return [
      `${name} goes to ${schedule.to} over ${schedule.epochs} epochs, but the run ends at ${last} after ${epochs}`,
    ];
  });
}

/** How many labels are learned from, where that is of some. */
function labelNote({ labelled, count }: Examples): string[] {
  if (!labelled) return [];
  const percent = Number((100 * labelled.share).toPrecision(2));
  return [
    `the labels of ${labelled.indices.length} of the ${count} training images are learned from; of each batch they are ${percent}%`,
  ];
}

function startEvent(
  { model, dataset, epochs, batchSize, checkpoint }: TrainSettings,
  { objective, batchCount }: TrainingState,
): StartEvent {
  return {
    type: 'start',
    epochs,
    batches: batchCount,
    terms: termsOf(objective).map(({ name, title, unit, per, weight, weightColumn }) => ({
      ...{ name, title, unit, per, weight },
      ...(weightColumn !== undefined && { weightColumn }),
    })),
    notes: [
      ...notesOf(objective, epochs),
      ...labelNote(dataset.train),
      ...(dataset.learnsFromJudges
        ? ['the validation images are learned from, too: their loss says nothing of images not seen']
        : []),
      ...(checkpoint ? notesOfCheckpoint(checkpoint, { batchSize, trainImages: dataset.train.count }) : []),
    ],
    trainImages: dataset.train.count,
    validationImages: dataset.validation.count,
    ...(dataset.test && {
      testImages: dataset.test.count,
      choosesByTest: dataset.test === dataset.validation,
    }),
    ...(dataset.learnsFromJudges && { learnsFromJudges: true }),
    ...(checkpoint && { resumes: { epoch: checkpoint.progress.epoch, batch: checkpoint.progress.batch } }),
    parameters: Object.values(model.parameterShapes).reduce((sum, shape) => sum + sizeOfShape(shape), 0),
  };
}

function endEvent(
  { keep, averaging }: TrainSettings,
  state: TrainingState,
  reason: EndEvent['reason'],
): EndEvent {
  const { progress, session, bestWeights, objective } = state;
  const { best, epoch, history } = progress;
  if (keep === 'best' && best && bestWeights) {
    return { type: 'end', reason, epoch: best.epoch, weights: modelsOwn(bestWeights, objective), history };
  }
  const last = keptAverage(state, averaging) ?? session.read().parameters;
  return { type: 'end', reason, epoch, weights: modelsOwn(last, objective), history };
}
