import { startWasmBackend } from '@latentkit/backend';
import { type Dataset, type Examples, LatentkitError, type NamedArrays, pixelCount } from '@latentkit/core';
import {
  acceleratorRule,
  anything,
  checkOptions,
  checkValue,
  type OptionRules,
  objectRule,
  pathRule,
  seedRule,
  signalRule,
} from '@latentkit/core/options';
import { type ScoreOptions, scoreImages } from '@latentkit/evaluation';
import { createTrainedModel, type ModelSpec, type TrainedModel } from '@latentkit/models';
import type { Checkpoint } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { checkDataOf, readCheckpoint, readSavedRun, type SavedRun } from '../store/read-saved-run.ts';
import { tidyAbandonedRun } from './find-run.ts';
import { runFolder } from './run-folder.ts';

/** A run read back: its model, ready to use, and how it was made. */
export interface LoadedRun extends TrainedModel, Omit<SavedRun, 'spec'> {
  /**
   * The negative ELBO of a set in its parts, means over its images in nats: `negativeElbo = reconstruction + kl`. Pixels are
   * drawn as coins where the run's validation drew them. A conditional model is told the set's labels.
   *
   * @throws `E_SHAPE` for images of another shape; `E_RANGE` for no whole number of samples; `E_USAGE`, `E_RANGE` for labels
   * that are missing or that the model does not know; the signal's reason.
   */
  evaluate(set: Examples, options?: ScoreOptions): Promise<Evaluation>;
  /**
   * The negative ELBO of each image (bytes, or floats from 0 to 1), `[count]`, in nats: an anomaly score, higher for images
   * unlike those of the training. A conditional model wants `{ label }`.
   *
   * @throws as {@link LoadedRun.evaluate}.
   */
  score(images: Uint8Array | Float32Array, options?: ScoreOptions): Promise<Float64Array>;
}

/** Means over a set's images. */
export interface Evaluation {
  readonly images: number;
  /** The reconstruction alone for a plain autoencoder. */
  readonly negativeElbo: number;
  readonly reconstruction: number;
  readonly kl?: number;
}

/**
 * Loads the model of a run directory; `encode`, `decode`, `reconstruct` and `sample` give the bytes they gave in training.
 * What a killed run left half written is removed.
 *
 * @throws `E_NOT_FOUND` when the folder holds no finished run; `E_FORMAT` or `E_CONFIG` when a file is damaged or of another
 * run; `E_NOT_FINITE` for weights that no run writes; `E_IO` when the disk refuses; `E_BACKEND` where
 * WebAssembly SIMD is missing.
 * @example
 * const run = await loadRun('runs/20260101-120000-digits-dense');
 * const images = run.sample({ count: 16, seed: 1 }); // Float32Array, [16, 28, 28, 1], 0 to 1
 */
export async function loadRun(directory: string): Promise<LoadedRun> {
  checkValue('loadRun', 'directory', directory, pathRule);
  await tidyAbandonedRun(directory);
  const files = runFolder(directory);
  const { spec, ...saved } = await readSavedRun(files);
  await startWasmBackend();
  return {
    ...createModelOf(files.pathOf(RUN_FILES.weights), spec, saved.weights),
    ...saved,
    ...createJudge(spec, saved.weights, saved.config),
  };
}

const SCORE_RULES: OptionRules<ScoreOptions> = {
  label: anything,
  samples: anything,
  seed: seedRule,
  accelerator: acceleratorRule,
  signal: signalRule,
};

function createJudge(
  spec: ModelSpec,
  weights: NamedArrays,
  { training }: ExperimentConfig,
): Pick<LoadedRun, 'evaluate' | 'score'> {
  const binarize = (training.binarize ?? 'none') === 'none' ? 'none' : 'fixed'; // as validation
  const scores = (where: string, set: Examples, options: ScoreOptions = {}) => {
    checkOptions(where, options, SCORE_RULES);
    const { samples = 1, seed = training.seed, ...more } = options;
    return scoreImages(spec, weights, set, { samples, seed, ...more, binarize });
  };
  return {
    async evaluate(set, options) {
      const parts = await scores('evaluate', set, options);
      const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / set.count;
      const reconstruction = mean(parts.reconstruction);
      if (!parts.kl) return { images: set.count, negativeElbo: reconstruction, reconstruction };
      const kl = mean(parts.kl);
      return { images: set.count, negativeElbo: reconstruction + kl, reconstruction, kl };
    },
    async score(images, options) {
      const count = images.length / pixelCount(spec.image);
      const { reconstruction, kl } = await scores('score', { shape: spec.image, count, images }, options);
      return kl ? reconstruction.map((value, i) => value + kl[i]!) : reconstruction;
    },
  };
}

/**
 * The last checkpoint of a run directory, bit for bit as it was taken: `train({ ..., checkpoint })` goes on from it.
 *
 * @throws `E_NOT_FOUND` when the folder holds none; `E_FORMAT` when it is damaged, or of another run than the config;
 * `E_NOT_FINITE` for numbers that no run writes; `E_IO` when the disk refuses.
 * @example
 * const checkpoint = await loadCheckpoint('runs/20260101-120000-digits-dense');
 * checkpoint.progress.epoch; // epochs done
 */
export async function loadCheckpoint(directory: string): Promise<Checkpoint> {
  checkValue('loadCheckpoint', 'directory', directory, pathRule);
  await tidyAbandonedRun(directory);
  return (await readCheckpoint(runFolder(directory))).checkpoint;
}

/**
 * Makes sure that data are those a run was made with, before it is gone on with or judged by them.
 *
 * @throws `E_USAGE` naming what differs; nothing for a run that does not know its data; `E_FORMAT` for a damaged file.
 * @example
 * await checkRunData('runs/mine', fromArrays(images, shape));
 */
export async function checkRunData(directory: string, dataset: Dataset<Examples>): Promise<void> {
  checkValue('checkRunData', 'directory', directory, pathRule);
  checkValue('checkRunData', 'dataset', dataset, objectRule);
  await checkDataOf(runFolder(directory), dataset);
}

/** Weights of a file that are of another model are a damaged run, and not a mistake in a program. */
function createModelOf(file: string, spec: ModelSpec, weights: NamedArrays): TrainedModel {
  try {
    return createTrainedModel(spec, weights);
  } catch (cause) {
    if (!(cause instanceof LatentkitError && cause.code === 'E_SHAPE')) throw cause;
    throw new LatentkitError('E_FORMAT', `${file}: ${cause.message}`, { cause });
  }
}
