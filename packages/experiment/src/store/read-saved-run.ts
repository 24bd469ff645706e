import { type Dataset, type Examples, LatentkitError, type NamedArrays } from '@latentkit/core';
import { type ModelSpec, parseSavedModel } from '@latentkit/models';
import { checkWeightsFile } from '@latentkit/models/saved';
import type { Checkpoint } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { decodeCheckpoint, originOfCheckpoint } from '../files/checkpoint-file.ts';
import { checkFingerprint, type DataFingerprint, parseFingerprint } from '../files/data-fingerprint.ts';
import { parseArrays } from '../files/parse-arrays.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { modelSpecOf, tableColumnsOf } from '../model-spec-of.ts';
import { isSameSetting } from '../settings-of.ts';
import { readRunConfig, readRunFile, readRunJson } from './read-run-file.ts';
import type { RunFiles } from './run-store.ts';
import { checkFiles } from './store-rules.ts';

/** A run's model, to be made anew, and how it was made. */
export interface SavedRun {
  readonly config: ExperimentConfig;
  readonly spec: ModelSpec;
  /** The epoch whose weights these are. */
  readonly epoch: number;
  /** By parameter. */
  readonly weights: NamedArrays;
  /** What data it was made with; runs before fingerprints do not know. */
  readonly data: DataFingerprint | undefined;
}

/**
 * The model that a run keeps, every file checked.
 *
 * @throws `E_NOT_FOUND` where there is none, or none yet; `E_FORMAT` or `E_CONFIG` for a file that is damaged or of another run;
 * `E_NOT_FINITE` for weights that no run writes; `E_IO` where they cannot be read.
 * @example
 * const { spec, weights } = await readSavedRun(store.files('first'));
 * const model = await openTrainedModel(spec, weights, { accelerator });
 */
export async function readSavedRun(files: RunFiles): Promise<SavedRun> {
  checkFiles('readSavedRun', files);
  await checkHasModel(files);
  const saved = await readRunJson(files, RUN_FILES.model);
  const model = parseSavedModel(saved, files.pathOf(RUN_FILES.model));
  const { spec, epoch } = model;
  const config = configOfVersion((saved as { version: number }).version, await readRunConfig(files));
  checkSameModel(files.where, config, spec);
  const bytes = await readRunFile(files, RUN_FILES.weights);
  const { arrays: weights } = parseArrays(bytes, files.pathOf(RUN_FILES.weights));
  checkWeightsFile(model, bytes, files.pathOf(RUN_FILES.weights));
  return { config, spec, epoch, weights, data: await readFingerprint(files) };
}

/** A run's checkpoint, what its `config.json` says, and what it said when the checkpoint was taken, as far as that is known. */
export interface SavedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly config: ExperimentConfig;
  readonly takenIn: ExperimentConfig | undefined;
  /** The data that it was taken with, as far as that is known. */
  readonly data: DataFingerprint | undefined;
}

/**
 * A run's last checkpoint, bit for bit as it was taken.
 *
 * @throws `E_NOT_FOUND` where there is none; `E_FORMAT` when it is damaged, or of another run than the config; `E_NOT_FINITE` for
 * numbers that no run writes; `E_IO` where it cannot be read.
 */
export async function readCheckpoint(files: RunFiles): Promise<SavedCheckpoint> {
  checkFiles('readCheckpoint', files);
  const bytes = await readRunFile(files, RUN_FILES.checkpoint);
  const config = await readRunConfig(files);
  const metrics = new TextDecoder().decode(await readRunFile(files, RUN_FILES.metrics));
  const where = files.pathOf(RUN_FILES.checkpoint);
  const checkpoint = await decodeCheckpoint(bytes, {
    where,
    metrics: { text: metrics, where: files.pathOf(RUN_FILES.metrics) },
  });
  const { seed } = config.training;
  if (checkpoint.progress.seed === seed) {
    const { version, config: takenIn, data } = originOfCheckpoint(bytes, where);
    return { checkpoint, config: configOfVersion(version, config), takenIn, data };
  }
  throw new LatentkitError(
    'E_FORMAT',
    `${files.where}: files of two runs: seed ${seed} in ${RUN_FILES.config}, ${checkpoint.progress.seed} in the checkpoint`,
  );
}

/** @throws `E_USAGE` naming what differs; nothing for a run that does not know its data; `E_FORMAT` for a damaged file. */
export async function checkDataOf(files: RunFiles, dataset: Dataset<Examples>): Promise<void> {
  const expected = await readFingerprint(files);
  if (expected) await checkFingerprint(expected, dataset, files.where);
}

/** A run that was killed has no model yet, and its checkpoint is as good as one. */
async function checkHasModel(files: RunFiles): Promise<void> {
  const [hasModel, hasCheckpoint] = await Promise.all(
    [RUN_FILES.model, RUN_FILES.checkpoint].map((name) => files.has(name)),
  );
  if (hasModel) return;
  if ((await files.state()) === 'held') {
    throw new LatentkitError(
      'E_NOT_FOUND',
      `${files.where} holds no ${RUN_FILES.model} yet: it is being trained`,
      {
        fix: 'Wait for its end, or stop it: it writes the model so far then',
      },
    );
  }
  if (!hasCheckpoint) return;
  throw new LatentkitError(
    'E_NOT_FOUND',
    `${files.where} holds no ${RUN_FILES.model} yet: its training was cut off`,
    { fix: 'Go on with it: train --resume, or resumeExperiment' },
  );
}

/** In version 1 a beta that did not say how long it took did not get there in the run's last epoch; now it does. */
function configOfVersion(version: number, { training, ...rest }: ExperimentConfig): ExperimentConfig {
  const { epochs, beta } = training;
  if (version > 1 || typeof beta !== 'object' || beta.type === 'exponential') return { ...rest, training };
  return { ...rest, training: { ...training, beta: { epochs, ...beta } } };
}

/** Of its `data.json`, or of its checkpoint where that is gone. */
async function readFingerprint(files: RunFiles): Promise<DataFingerprint | undefined> {
  return (await readDataFile(files)) ?? (await readDataOfCheckpoint(files));
}

/**
 * A run's `data.json`; those of older Latentkits have none.
 *
 * @throws `E_FORMAT` for a damaged one; `E_IO` where it cannot be read.
 * @example
 * (await readDataFile(store.files('first')))?.train.count; // 10000
 */
export async function readDataFile(files: RunFiles): Promise<DataFingerprint | undefined> {
  checkFiles('readDataFile', files);
  if (!(await files.has(RUN_FILES.data))) return undefined;
  return parseFingerprint(await readRunJson(files, RUN_FILES.data), files.pathOf(RUN_FILES.data));
}

async function readDataOfCheckpoint(files: RunFiles): Promise<DataFingerprint | undefined> {
  try {
    const bytes = await files.read(RUN_FILES.checkpoint);
    return bytes && originOfCheckpoint(bytes, files.pathOf(RUN_FILES.checkpoint)).data;
  } catch {
    return undefined; // it is damaged, which whoever goes on from it is told
  }
}

/** Two processes that wrote into one folder, or a file copied into it, leave files of two runs. */
function checkSameModel(where: string, config: ExperimentConfig, spec: ModelSpec): void {
  const expected = modelSpecOf(config, spec.image, tableColumnsOf(spec));
  const keys = new Set([...Object.keys(expected), ...Object.keys(spec)]) as Set<keyof ModelSpec>;
  for (const key of keys) {
    if (isSameSetting(expected[key], spec[key])) continue;
    const [was, is] = [expected[key], spec[key]].map((value) => JSON.stringify(value) ?? 'nothing');
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: files of two runs: ${key} is ${was} in ${RUN_FILES.config} and ${is} in ${RUN_FILES.model}`,
    );
  }
}
