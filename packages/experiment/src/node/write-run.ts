import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { type Dataset, LatentkitError } from '@latentkit/core';
import {
  anything,
  checkOptions,
  flagRule,
  functionRule,
  type OptionRules,
  signalRule,
} from '@latentkit/core/options';
import { createModel } from '@latentkit/models';
import { createObjective, type Objective } from '@latentkit/objectives';
import {
  type EndEvent,
  type EvaluateOptions,
  evaluateLoss,
  type TrainingEvent,
  train,
} from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import type { FigureResult } from '../figures/figure-result.ts';
import { modelSpecOf } from '../model-spec-of.ts';
import { parseConfig } from '../parse-config.ts';
import { fingerprintOf } from './data-fingerprint.ts';
import { finishReport } from './finish-report.ts';
import { checkRunDirectory, createRunDirectory, type RunDirectory } from './run-directory.ts';
import { type RunEnd, runEndOf } from './run-end.ts';

export interface RunExperimentOptions {
  config: ExperimentConfig;
  dataset: Dataset;
  /** The folder to make. */
  out: string;
  /** Replaces a run that is there, once the first epoch is done; until then the old one stays. */
  force?: boolean;
  /** Epochs of the loss curves' moving average; by default 7 of a run of 21 epochs or more, and none of a shorter one. */
  smoothing?: number;
  /** Threads to train on; all cores by default. The results are the same, bit for bit. */
  workers?: number;
  /** Trains operation by operation on tfjs, on one thread: slower, the same bits, and easier to look into. */
  eager?: boolean;
  /** Hears why there are fewer workers than asked for. */
  onNote?: (note: string) => void;
  /** Stops after the batch under way. */
  signal?: AbortSignal;
  /** The end's date; now by default. */
  date?: () => Date;
}

const RULES: OptionRules<RunExperimentOptions> = {
  config: anything,
  dataset: anything,
  out: anything,
  force: flagRule,
  smoothing: anything,
  workers: anything, // createAccelerator looks at it
  eager: flagRule,
  onNote: functionRule,
  signal: signalRule,
  date: functionRule,
};

/** The run directory is complete. */
export interface WrittenEvent {
  type: 'written';
  directory: string;
  figures: readonly FigureResult[];
  /** The kept weights' loss on the test set, where validation images were held out to choose them. */
  testLoss?: number;
}

/** The run was stopped before its first epoch was done, and the one that it was to replace is as it was. */
export interface DiscardedEvent {
  type: 'discarded';
  directory: string;
}

export type ExperimentEvent = TrainingEvent | WrittenEvent | DiscardedEvent;

/**
 * Trains what a config says and writes the run directory as it goes: metrics and a checkpoint after each epoch, then the
 * model, the figures and the report. An event comes when its files are written. An aborted run keeps its checkpoint and
 * the model so far, and has no report. A run that comes to no checkpoint leaves no file.
 *
 * @throws before the folder is made: `E_CONFIG`, `E_RANGE`, `E_SHAPE` for options that no run can have, `E_EXISTS` when
 * `out` holds a run or one is being written there, `E_BACKEND` where WebAssembly SIMD is missing. Later: `E_NOT_FINITE`
 * when the loss becomes NaN, `E_IO` when the disk refuses or the folder is deleted, moved or replaced; the message says
 * which checkpoint there is.
 * @example
 * for await (const event of runExperiment({ config, dataset, out: 'runs/first' })) {
 *   if (event.type === 'epoch') console.log(event.epoch, event.valLoss);
 * }
 */
export async function* runExperiment(
  options: RunExperimentOptions,
): AsyncGenerator<ExperimentEvent, void, undefined> {
  checkOptions('runExperiment', options, RULES);
  const { config: given, dataset, out, force, smoothing, workers, eager = false } = options;
  const { onNote, signal, date = () => new Date() } = options;
  const config = parseConfig(given);
  checkSmoothing(smoothing);
  await checkRunDirectory(out, { force });
  await startWasmBackend();
  const model = createModel(modelSpecOf(config, dataset.train.shape));
  const accelerator = eager ? undefined : await createAccelerator({ workers, onNote });
  let directory: RunDirectory | undefined;
  let keptEpoch: number | undefined;
  try {
    let end: EndEvent | undefined;
    let ended: RunEnd | undefined;
    const objective = createObjective(model, config.objective, { examples: dataset.train.count });
    for await (const event of train({ model, dataset, objective, ...config.training, signal, accelerator })) {
      if (event.type === 'start') {
        directory = await createRunDirectory(out, { force });
        await directory.writeConfig(config);
        await directory.writeData(fingerprintOf(dataset));
      } else if (event.type === 'checkpoint') {
        const { progress } = event.checkpoint;
        // The small file first: on a disk that fills up, a finished epoch leaves its row at least.
        await directory?.writeMetrics(progress.history);
        await directory?.writeCheckpoint(event.checkpoint);
        keptEpoch = progress.epoch;
      } else if (event.type === 'end') {
        end = event;
        await directory?.writeModel({
          ...{ spec: model.spec, epoch: event.epoch, weights: event.weights },
          objective: config.objective,
        });
        ended = await runEndOf(end, date());
        await directory?.writeEnd(ended);
      }
      yield event;
    }
    const testLoss = end && (await measureTest(objective, end, { config, dataset, accelerator }));
    await accelerator?.close();
    if (directory === undefined || end === undefined || ended === undefined) return;
    if (directory.isWaiting) yield { type: 'discarded', directory: out };
    if (end.reason === 'aborted') return;
    if (testLoss !== undefined) {
      ended = { ...ended, testLoss };
      await directory.writeEnd(ended);
    }
    const figures = await finishReport(directory, { config, model, dataset, end, ended, smoothing });
    yield {
      type: 'written',
      directory: directory.path,
      figures,
      ...(testLoss !== undefined && { testLoss }),
    };
  } catch (error) {
    throw directory ? await withWhatIsLeft(error, directory, keptEpoch) : error;
  } finally {
    await accelerator?.close();
    await directory?.close();
  }
}

/** The loss of the kept weights on images that neither trained nor chose them, if there are such. */
async function measureTest(
  objective: Objective,
  { weights, reason }: EndEvent,
  { config: { training }, dataset: { test, validation }, accelerator }: MeasureOptions,
): Promise<number | undefined> {
  if (!test || test === validation || reason === 'aborted') return undefined;
  const binarize = (training.binarize ?? 'none') === 'none' ? 'none' : 'fixed'; // as validation
  return (await evaluateLoss(objective, weights, test, { accelerator, seed: training.seed, binarize })).loss;
}

interface MeasureOptions extends Pick<EvaluateOptions, 'accelerator'> {
  config: ExperimentConfig;
  dataset: Dataset;
}

/** A failure, and what there is in spite of it. */
async function withWhatIsLeft(error: unknown, directory: RunDirectory, keptEpoch?: number): Promise<unknown> {
  if (!(error instanceof LatentkitError) || !(await directory.isOurs())) return error;
  const { path, isWaiting } = directory;
  if (isWaiting) return withSentence(error, `The run that was in ${path} is as it was`);
  if (keptEpoch === undefined) return error;
  return withSentence(
    error,
    `The checkpoint of ${keptEpoch === 0 ? 'its first epoch' : `epoch ${keptEpoch}`} is in ${path}`,
  );
}

function withSentence(error: LatentkitError, sentence: string): LatentkitError {
  return new LatentkitError(error.code, error.message, { fix: sentence, cause: error });
}

/** Before the training, not after it. */
function checkSmoothing(smoothing?: number): void {
  if (smoothing === undefined || (Number.isSafeInteger(smoothing) && smoothing >= 1)) return;
  throw new LatentkitError(
    'E_RANGE',
    `runExperiment: smoothing must be a whole number of at least 1, got ${smoothing}`,
  );
}
