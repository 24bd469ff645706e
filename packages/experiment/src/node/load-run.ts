import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useWasmBackend } from '@latentkit/backend';
import { LatentkitError, type NamedArrays } from '@latentkit/core';
import { parseSafetensors } from '@latentkit/formats';
import type { Checkpoint } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { createTrainedModel, type TrainedModel } from '../model/trained-model.ts';
import { parseConfig } from '../parse-config.ts';
import { decodeCheckpoint } from './checkpoint-file.ts';
import { RUN_FILES, type SavedModel } from './run-directory.ts';

/** A run read back: its model, ready to use, and how it was made. */
export interface LoadedRun extends TrainedModel {
  readonly config: ExperimentConfig;
  /** The epoch whose weights these are. */
  readonly epoch: number;
}

/**
 * Loads the model of a run directory; `encode`, `decode`, `reconstruct` and `sample` give the bytes they gave in training.
 *
 * @throws `E_NOT_FOUND` when the folder holds no finished run; `E_FORMAT`, `E_CONFIG` when a file is damaged.
 * @example
 * const run = await loadRun('runs/20260101-120000-digits-dense');
 * const images = run.sample({ count: 16, seed: 1 }); // Float32Array, [16, 28, 28, 1], 0 to 1
 */
export async function loadRun(directory: string): Promise<LoadedRun> {
  const config = parseConfig(await readJson(directory, RUN_FILES.config), RUN_FILES.config);
  const { spec, epoch } = checkModel(await readJson(directory, RUN_FILES.model));
  const { tensors } = parseSafetensors(await readRunFile(directory, RUN_FILES.weights));
  await useWasmBackend();
  return { ...createTrainedModel(spec, tensors as NamedArrays), config, epoch };
}

/** The last checkpoint of a run directory, byte for byte as it was taken. */
export async function loadCheckpoint(directory: string): Promise<Checkpoint> {
  return decodeCheckpoint(await readRunFile(directory, RUN_FILES.checkpoint));
}

async function readRunFile(directory: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(directory, name));
  } catch (cause) {
    throw new LatentkitError('E_NOT_FOUND', `${directory} holds no ${name}`, {
      fix: 'Name the folder that a finished run printed at its end',
      cause,
    });
  }
}

async function readJson(directory: string, name: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readRunFile(directory, name));
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', `${join(directory, name)} is not JSON`, { cause });
  }
}

function checkModel(value: unknown): SavedModel {
  const { format, version } = (value ?? {}) as Partial<SavedModel>;
  if (format === 'latentkit-model' && version === 1) return value as SavedModel;
  throw new LatentkitError(
    'E_FORMAT',
    `${RUN_FILES.model}: expected a latentkit-model of version 1, got ${format} ${version}`,
  );
}
