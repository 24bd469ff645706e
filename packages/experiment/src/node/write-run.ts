import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { type Dataset, type Examples, LatentkitError, type NamedArrays } from '@latentkit/core';
import {
  above,
  anything,
  flagRule,
  functionRule,
  type OptionRules,
  signalRule,
  whole,
} from '@latentkit/core/options';
import { fingerprintWeights } from '@latentkit/formats';
import { strict } from '@latentkit/kernels/nn';
import type { Objective } from '@latentkit/objectives';
import {
  type Checkpoint,
  type EndEvent,
  type EvaluateOptions,
  evaluateLoss,
  type TrainingEvent,
  train,
} from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { imagesAtOnce } from '../data/images-at-once.ts';
import type { FigureResult } from '../figures/figure-result.ts';
import type { DataFingerprint } from '../files/data-fingerprint.ts';
import type { RunEnd } from '../files/run-end.ts';
import { createRunSaver, type RunSaver } from '../store/run-saver.ts';
import { trainingOf } from '../training-of.ts';
import { arithmeticOf } from './arithmetic-of.ts';
import { describeEnvironment } from './describe-environment.ts';
import { finishReport } from './finish-report.ts';
import type { RunDirectory } from './run-directory.ts';

/** How a run is computed and written: nothing of it changes a bit of what comes out. */
export interface WriteRunOptions {
  /** Epochs of the loss curves' moving average; by default 7 of a run of 21 epochs or more, and none of a shorter one. */
  smoothing?: number;
  /** Threads to train on; all cores by default. The results are the same, bit for bit. */
  workers?: number;
  /** Trains operation by operation on tfjs, on one thread: slower, the same bits, and easier to look into. */
  eager?: boolean;
  /** A checkpoint within an epoch, too, when so many minutes have passed since the last one; 2 by default. */
  checkpointMinutes?: number;
  /** Hears why there are fewer workers than asked for. */
  onNote?: (note: string) => void;
  /** Stops after the batch under way. */
  signal?: AbortSignal;
  /** The end's date; now by default. */
  date?: () => Date;
}

export const WRITE_RUN_RULES: OptionRules<WriteRunOptions> = {
  smoothing: whole(1),
  workers: anything, // createAccelerator looks at it
  eager: flagRule,
  checkpointMinutes: above(0),
  onNote: functionRule,
  signal: signalRule,
  date: functionRule,
};

/** The run directory is complete. */
export interface WrittenEvent {
  type: 'written';
  directory: string;
  figures: readonly FigureResult[];
  /** SHA-256 of its `model.safetensors`: that of this run on any machine. */
  fingerprint: string;
  /** The kept weights' loss on the test set, where validation images were held out to choose them. */
  testLoss?: number;
}

/** The run was stopped before its first epoch was done, and the one that it was to replace is as it was. */
export interface DiscardedEvent {
  type: 'discarded';
  directory: string;
}

export type ExperimentEvent = TrainingEvent | WrittenEvent | DiscardedEvent;

interface RunToWrite extends WriteRunOptions {
  config: ExperimentConfig;
  dataset: Dataset<Examples>;
  /** Where to go on. */
  checkpoint?: Checkpoint;
  /** What it begins with, where the config says so. */
  weights?: NamedArrays | undefined;
  /** What data it was made with, where it goes on and knows. */
  data?: DataFingerprint | undefined;
  /** What the reader should know before it begins, a sentence each. */
  notes?: readonly string[];
  /** Makes or opens the folder, when it is certain that the run can begin. */
  open(): Promise<RunDirectory>;
}

const CHECKPOINT_MINUTES = 2;

/** Trains, from the beginning or from a checkpoint, and writes the run's folder as it goes. */
export async function* writeRun({
  config,
  dataset,
  checkpoint,
  weights,
  data,
  notes = [],
  open,
  smoothing,
  workers,
  eager = false,
  checkpointMinutes = CHECKPOINT_MINUTES,
  onNote,
  signal,
  date = () => new Date(),
}: RunToWrite): AsyncGenerator<ExperimentEvent, void, undefined> {
  const arithmetic = await arithmeticOf(config);
  await startWasmBackend();
  imagesAtOnce(dataset.test ?? dataset.validation, [0]); // for the figures at the end
  const training = trainingOf(config, dataset);
  const { model, objective } = training;
  const accelerator = eager ? undefined : await createAccelerator({ workers, arithmetic, onNote });
  if (eager) await startWasmBackend({ arithmetic });
  let directory: RunDirectory | undefined;
  let keptEpoch = checkpoint?.progress.epoch;
  try {
    let end: EndEvent | undefined;
    let ended: RunEnd | undefined;
    let save: RunSaver = async () => undefined;
    const run = { ...training, ...(weights && { weights }), checkpoint, signal, accelerator };
    for await (const event of train({ ...run, checkpointSeconds: 60 * checkpointMinutes })) {
      if (event.type === 'start') {
        directory = await open();
        const environment = await describeEnvironment();
        save = createRunSaver(directory, { config, dataset, checkpoint, data, environment, date });
      }
      ended = await save(event);
      if (event.type === 'checkpoint') keptEpoch = event.checkpoint.progress.epoch;
      if (event.type === 'end') end = event;
      yield event.type === 'start' ? { ...event, notes: [...event.notes, ...notes] } : event;
    }
    const testLoss = end && (await measureTest(objective, end, { config, dataset, accelerator }));
    await accelerator?.close();
    // A trained model computes strictly wherever it is used, in its figures, too: any machine gets the same of it.
    await startWasmBackend({ arithmetic: strict });
    if (directory === undefined || end === undefined || ended === undefined) return;
    if (directory.isWaiting) yield { type: 'discarded', directory: directory.path };
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
      fingerprint: await fingerprintWeights(end.weights),
      ...(testLoss !== undefined && { testLoss }),
    };
  } catch (error) {
    throw directory ? await withWhatIsLeft(error, directory, keptEpoch) : error;
  } finally {
    await accelerator?.close();
    if (eager) await startWasmBackend({ arithmetic: strict });
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
  dataset: Dataset<Examples>;
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
