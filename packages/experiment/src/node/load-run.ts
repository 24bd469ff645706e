import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startWasmBackend } from '@latentkit/backend';
import { type Dataset, type ImageSet, LatentkitError, type NamedArrays, pixelCount } from '@latentkit/core';
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
import { isThere } from '@latentkit/formats/node';
import { createTrainedModel, type ModelSpec, parseSavedModel, type TrainedModel } from '@latentkit/models';
import { checkWeightsFile } from '@latentkit/models/saved';
import type { Checkpoint } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { type ScoreOptions, scoreImages } from '../evaluation/score-images.ts';
import { decodeCheckpoint, originOfCheckpoint } from '../files/checkpoint-file.ts';
import { checkFingerprint, type DataFingerprint, parseFingerprint } from '../files/data-fingerprint.ts';
import { parseArrays } from '../files/parse-arrays.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { modelSpecOf } from '../model-spec-of.ts';
import { parseConfig } from '../parse-config.ts';
import { tidyAbandonedRun } from './find-run.ts';
import { readRunFile, readRunJson } from './read-run-file.ts';
import { lockState } from './run-lock.ts';

/** A run read back: its model, ready to use, and how it was made. */
export interface LoadedRun extends TrainedModel {
  readonly config: ExperimentConfig;
  /** The epoch whose weights these are. */
  readonly epoch: number;
  /** By parameter. */
  readonly weights: NamedArrays;
  /** What data it was made with; runs before fingerprints do not know. */
  readonly data: DataFingerprint | undefined;
  /**
   * The negative ELBO of a set in its parts, means over its images in nats: `negativeElbo = reconstruction + kl`. Pixels are
   * drawn as coins where the run's validation drew them. A conditional model is told the set's labels.
   *
   * @throws `E_SHAPE` for images of another shape; `E_RANGE` for no whole number of samples; `E_USAGE`, `E_RANGE` for labels
   * that are missing or that the model does not know; the signal's reason.
   */
  evaluate(set: ImageSet, options?: ScoreOptions): Promise<Evaluation>;
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
  const path = (name: string) => join(directory, name);
  await tidyAbandonedRun(directory);
  await checkHasModel(directory);
  const saved = await readRunJson(directory, RUN_FILES.model);
  const model = parseSavedModel(saved, path(RUN_FILES.model));
  const { spec, epoch } = model;
  const config = configOfVersion((saved as { version: number }).version, await readConfig(directory));
  checkSameModel(directory, config, spec);
  const bytes = await readRunFile(directory, RUN_FILES.weights);
  const { arrays: weights } = parseArrays(bytes, path(RUN_FILES.weights));
  checkWeightsFile(model, bytes, path(RUN_FILES.weights));
  const data = await readFingerprint(directory);
  await startWasmBackend();
  return {
    ...createModelOf(path(RUN_FILES.weights), spec, weights),
    ...{ config, epoch, weights, data },
    ...createJudge(spec, weights, config),
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
  const scores = (where: string, set: ImageSet, options: ScoreOptions = {}) => {
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
  return (await readCheckpoint(directory)).checkpoint;
}

/** A run's checkpoint, what its `config.json` says, and what it said when the checkpoint was taken, as far as that is known. */
export async function readCheckpoint(
  directory: string,
): Promise<{ checkpoint: Checkpoint; config: ExperimentConfig; takenIn: ExperimentConfig | undefined }> {
  const path = (name: string) => join(directory, name);
  await tidyAbandonedRun(directory);
  const bytes = await readRunFile(directory, RUN_FILES.checkpoint);
  const config = await readConfig(directory);
  const metrics = new TextDecoder().decode(await readRunFile(directory, RUN_FILES.metrics));
  const checkpoint = await decodeCheckpoint(bytes, {
    where: path(RUN_FILES.checkpoint),
    metrics: { text: metrics, where: path(RUN_FILES.metrics) },
  });
  const { seed } = config.training;
  if (checkpoint.progress.seed === seed) {
    const { version, config: takenIn } = originOfCheckpoint(bytes, path(RUN_FILES.checkpoint));
    return { checkpoint, config: configOfVersion(version, config), takenIn };
  }
  throw new LatentkitError(
    'E_FORMAT',
    `${directory}: files of two runs: seed ${seed} in ${RUN_FILES.config}, ${checkpoint.progress.seed} in the checkpoint`,
  );
}

/**
 * Makes sure that data are those a run was made with, before it is gone on with or judged by them.
 *
 * @throws `E_USAGE` naming what differs; nothing for a run that does not know its data; `E_FORMAT` for a damaged file.
 * @example
 * await checkRunData('runs/mine', fromArrays(images, shape));
 */
export async function checkRunData(directory: string, dataset: Dataset): Promise<void> {
  checkValue('checkRunData', 'directory', directory, pathRule);
  checkValue('checkRunData', 'dataset', dataset, objectRule);
  const expected = await readFingerprint(directory);
  if (expected) await checkFingerprint(expected, dataset, directory);
}

/** A run that was killed has no model yet, and its checkpoint is as good as one. */
async function checkHasModel(directory: string): Promise<void> {
  const [hasModel, hasCheckpoint] = await Promise.all(
    [RUN_FILES.model, RUN_FILES.checkpoint].map((name) => isThere(join(directory, name))),
  );
  if (hasModel) return;
  if ((await lockState(directory)) === 'held') {
    throw new LatentkitError(
      'E_NOT_FOUND',
      `${directory} holds no ${RUN_FILES.model} yet: it is being trained`,
      {
        fix: 'Wait for its end, or stop it: it writes the model so far then',
      },
    );
  }
  if (!hasCheckpoint) return;
  throw new LatentkitError(
    'E_NOT_FOUND',
    `${directory} holds no ${RUN_FILES.model} yet: its training was cut off`,
    { fix: 'Go on with it: train --resume, or resumeExperiment' },
  );
}

async function readConfig(directory: string): Promise<ExperimentConfig> {
  return parseConfig(await readRunJson(directory, RUN_FILES.config), join(directory, RUN_FILES.config));
}

/** In version 1 a beta that did not say how long it took did not get there in the run's last epoch; now it does. */
function configOfVersion(version: number, { training, ...rest }: ExperimentConfig): ExperimentConfig {
  const { epochs, beta } = training;
  if (version > 1 || typeof beta !== 'object' || beta.type === 'exponential') return { ...rest, training };
  return { ...rest, training: { ...training, beta: { epochs, ...beta } } };
}

async function readFingerprint(directory: string): Promise<DataFingerprint | undefined> {
  const path = join(directory, RUN_FILES.data);
  if (!(await isThere(path))) return undefined;
  return parseFingerprint(await readRunJson(directory, RUN_FILES.data), path);
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

/** Two processes that wrote into one folder, or a file copied into it, leave files of two runs. */
function checkSameModel(directory: string, config: ExperimentConfig, spec: ModelSpec): void {
  const expected = modelSpecOf(config, spec.image);
  const keys = new Set([...Object.keys(expected), ...Object.keys(spec)]) as Set<keyof ModelSpec>;
  for (const key of keys) {
    if (isDeepStrictEqual(expected[key], spec[key])) continue;
    const [was, is] = [expected[key], spec[key]].map((value) => JSON.stringify(value) ?? 'nothing');
    throw new LatentkitError(
      'E_FORMAT',
      `${directory}: files of two runs: ${key} is ${was} in ${RUN_FILES.config} and ${is} in ${RUN_FILES.model}`,
    );
  }
}
