import { type SessionData, Stream, scheduleAt } from '@latentkit/core';
import { readBatches } from '@latentkit/datasets';
import { lossOf, scalarsAt, stepProgram, termsOf, weightColumnOf, weightOf } from '@latentkit/objectives';
import { scaledLearningRate } from '../callbacks/reduce-on-plateau.ts';
import { giveDue, type TrainingState } from '../checkpoint/training-state.ts';
import type { TrainSettings } from '../train-options.ts';
import type { CheckpointEvent, SnapshotEvent, StepEvent } from '../training-event.ts';
import { moveAverage } from './average-weights.ts';
import { validationBatchSize } from './batch-room.ts';
import { evaluateTerms } from './evaluate-loss.ts';
import { type MetricsRow, validationColumn } from './metrics.ts';
import { notFinite } from './not-finite.ts';
import { prepareBatch, rangeOf } from './prepared-batch.ts';
import { renewState } from './renew-state.ts';
import { checkFinite } from './train-step.ts';
import { unlessAborted } from './unless-aborted.ts';

/**
 * The rest of the epoch under way: a step a batch, snapshots and checkpoints among them, then the validation loss.
 *
 * @returns undefined when the signal was aborted before the end; a resumed epoch goes on where this one stopped, at its
 * validation if all batches are done.
 * @throws `E_NOT_FINITE` when a loss is NaN or infinite.
 */
export async function* runEpoch(
  settings: TrainSettings,
  state: TrainingState,
): AsyncGenerator<StepEvent | SnapshotEvent | CheckpointEvent, MetricsRow | undefined, undefined> {
  const { dataset, batchSize, seed, signal, binarize, epochs } = settings;
  const { objective, batchCount, stopwatch, yieldAtTimes } = state;
  const { epoch, batch: startBatch, epochSeconds: secondsBefore = 0 } = state.progress;
  const scalars = scalarsAt(objective, epoch, epochs);
  const range = rangeOf(objective);
  const started = stopwatch.read();
  const seconds = () => secondsBefore + (stopwatch.read() - started) / 1000;
  if (startBatch === 0) await renewState(settings, state);
  let step = state.progress.step;
  const keep = 2; // the batch under way, and the next
  const cut = readBatches(dataset.train, { batchSize, seed, epoch, binarize, startBatch, range, keep });
  /** The next batch; made, or read, while the one before is computed. */
  const prepareNext = async () => {
    const { value: read, done } = cut.next();
    if (done) return undefined;
    const batch = read instanceof Promise ? await unlessAborted(read, signal) : read;
    if (!batch || batch.size < objective.leastBatch) return undefined;
    step++;
    const address = { seed, stream: Stream.latentNoise, step };
    return { images: batch.size, data: prepareBatch(objective, batch, address) };
  };
  for (let batch = await prepareNext(); batch; ) {
    if (signal?.aborted) return undefined;
    const { sums, batch: before, step: stepBefore } = state.progress;
    const running = movePlayers(settings, state, { ...batch.data, scalars });
    const next = prepareNext();
    next.catch(() => {}); // told where it is waited for, if that is still reached
    const { values, loss, learningRate } = await running;
    average(settings, state, stepBefore + 1);
    const share = batch.images / batchSize; // a small last batch counts by its images; a full one exactly once
    state.progress = {
      ...state.progress,
      step: stepBefore + 1,
      batch: before + 1,
      sums: Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, (sums[name] ?? 0) + value * share]),
      ),
      epochSeconds: seconds(),
    };
    const at = { epoch: epoch + 1, batch: before + 1, batches: batchCount, step: stepBefore + 1 };
    yield { type: 'step', ...at, images: batch.images, loss, ...values, learningRate };
    yield* giveDue(settings, state);
    await yieldAtTimes();
    batch = await next;
  }
  if (signal?.aborted && state.progress.batch < batchCount) return undefined;
  const target = scalarsAt(objective, epochs - 1, epochs);
  const validation = await validate(settings, state, scalars);
  // Weights are of the sum, but a capacity is within a term: it takes another look to compare epochs under the last one's.
  const isOther = Object.keys(objective.scalars).some((name) => scalars[name] !== target[name]);
  const judged = validation && isOther ? await validate(settings, state, target) : validation;
  const averaged = judged && state.averaged && (await validateAverage(settings, state, target));
  if (!validation || !judged || (state.averaged && !averaged)) {
    state.progress = { ...state.progress, epochSeconds: seconds() };
    return undefined;
  }
  return rowOf(settings, state, { scalars, target, validation, judged, averaged, seconds: seconds() });
}

/** One step of each player on a batch, one after the other; the loss and the rate are the first one's. */
async function movePlayers(
  settings: TrainSettings,
  { session, objective, optimizers, progress }: TrainingState,
  data: Required<SessionData>,
) {
  const step = progress.step + 1;
  const values: Record<string, number> = {};
  for (const player of objective.players) {
    const optimizer = optimizers[player.name]!;
    const position = { learningRate: rateOf(settings, player.name, progress), step };
    const gradientNorm = settings.gradientNorm === true && player === objective.players[0];
    const program = stepProgram(objective, player, {
      ...{ scalars: data.scalars, clip: settings.clip, gradientNorm },
    });
    const update = { rule: optimizer.rule, coefficients: optimizer.coefficients(position) };
    const outputs = await session.step(program, data, update);
    const own = Object.fromEntries(player.terms.map(({ name }) => [name, outputs[name]!.data[0]!]));
    checkFinite({ loss: lossOf(player.terms, own, data.scalars), ...own }, position);
    Object.assign(values, own, gradientNorm && { gradientNorm: outputs.gradientNorm!.data[0]! });
  }
  const [first] = objective.players;
  const learningRate = rateOf(settings, first.name, progress);
  return { values, loss: lossOf(first.terms, values, data.scalars), learningRate };
}

/** A player's learning rate in the epoch under way. */
function rateOf(
  { players, learningRate, rateCut, epochs, reduceOnPlateau }: TrainSettings,
  player: string,
  { epoch, plateau, rewinds = [] }: TrainingState['progress'],
): number {
  const scheduled = scheduleAt(players[player]?.learningRate ?? learningRate, epoch, epochs);
  const due = [rateCut ?? [], rewinds].flat().filter(({ after }) => epoch >= after);
  const cut = due.reduce((product, { factor }) => product * factor, 1);
  return scaledLearningRate(scheduled * cut, plateau, reduceOnPlateau);
}

interface Epoch {
  scalars: Readonly<Record<string, number>>;
  /** Those of the last epoch. */
  target: Readonly<Record<string, number>>;
  /** Terms of the first player. */
  validation: Readonly<Record<string, number>>;
  /** The same under the last epoch's numbers. */
  judged: Readonly<Record<string, number>>;
  /** And of the averaged weights. */
  averaged: Readonly<Record<string, number>> | undefined;
  seconds: number;
}

function rowOf(
  settings: TrainSettings,
  { objective, progress }: TrainingState,
  { scalars, target, validation, judged, averaged, seconds }: Epoch,
): MetricsRow {
  const { epoch, sums } = progress;
  const terms = termsOf(objective);
  const [first] = objective.players;
  const counted = countedBatches(settings, objective.leastBatch);
  const trained = Object.fromEntries(terms.map(({ name }) => [name, (sums[name] ?? 0) / counted]));
  const valLoss = lossOf(first.terms, validation, scalars);
  const learningRate = rateOf(settings, first.name, progress);
  if (!Number.isFinite(valLoss)) {
    throw notFinite(
      `the validation loss became ${valLoss} after epoch ${epoch + 1} (learning rate ${learningRate})`,
    );
  }
  const changes = Object.keys(target).some(
    (name) => scalarsAt(objective, 0, settings.epochs)[name] !== target[name],
  );
  const weights = terms.flatMap((term) => {
    const column = weightColumnOf(term);
    return column === undefined ? [] : [[column, weightOf(term, scalars)] as const];
  });
  return {
    epoch: epoch + 1,
    loss: lossOf(first.terms, trained, scalars),
    ...trained,
    valLoss,
    ...Object.fromEntries(first.terms.map(({ name }) => [validationColumn(name), validation[name]!])),
    ...(changes && { valTarget: lossOf(first.terms, judged, target) }),
    ...(averaged && { valAveraged: lossOf(first.terms, averaged, target) }),
    ...(settings.gradientNorm && { gradientNorm: (sums.gradientNorm ?? 0) / counted }),
    learningRate,
    ...Object.fromEntries(weights),
    seconds,
  };
}

/** Moves the average of the weights, where there is one, after a step. */
function average({ averaging }: TrainSettings, { averaged, session }: TrainingState, step: number): void {
  if (!averaging || !averaged) return;
  moveAverage(averaged, session.read().parameters, { decay: averaging.decay, step });
}

/** The terms of the validation images under the averaged weights; the session has its own again then. */
async function validateAverage(
  settings: TrainSettings,
  state: TrainingState,
  scalars: Readonly<Record<string, number>>,
): Promise<Readonly<Record<string, number>> | undefined> {
  const { session, averaged } = state;
  const { parameters } = session.read();
  session.write({ parameters: averaged! });
  try {
    return await validate(settings, state, scalars);
  } finally {
    session.write({ parameters });
  }
}

/** The batches of an epoch, a last one that is smaller by its share. */
function countedBatches({ dataset, batchSize }: TrainSettings, leastBatch: number): number {
  const { count } = dataset.train;
  const rest = count % batchSize;
  return (rest < leastBatch ? count - rest : count) / batchSize;
}

/** The terms of the validation images; undefined when the signal was aborted meanwhile. */
async function validate(
  { dataset, seed, binarize, signal, now, batchSize }: TrainSettings,
  { session, objective }: TrainingState,
  scalars: Readonly<Record<string, number>>,
): Promise<Readonly<Record<string, number>> | undefined> {
  const coins = binarize === 'none' ? 'none' : 'fixed'; // the same in each epoch
  const atOnce = validationBatchSize(objective, batchSize);
  const options = { scalars, seed, binarize: coins, signal, now, batchSize: atOnce } as const;
  try {
    return await evaluateTerms(session, objective, dataset.validation, options);
  } catch (error) {
    if (signal?.aborted && error === signal.reason) return undefined;
    throw error;
  }
}
