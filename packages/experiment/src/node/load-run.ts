import { join } from 'node:path';
import { startWasmBackend } from '@latentkit/backend';
import type { Checkpoint } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { createTrainedModel, type TrainedModel } from '../model/trained-model.ts';
import { parseConfig } from '../parse-config.ts';
import { decodeCheckpoint } from './checkpoint-file.ts';
import { parseArrays } from './parse-arrays.ts';
import { readRunFile, readRunJson } from './read-run-file.ts';
import { RUN_FILES } from './run-files.ts';
import { parseSavedModel } from './saved-model.ts';

/** A run read back: its model, ready to use, and how it was made. */
export interface LoadedRun extends TrainedModel {
  readonly config: ExperimentConfig;
  /** The epoch whose weights these are. */
  readonly epoch: number;
}

/**
 * Loads the model of a run directory; `encode`, `decode`, `reconstruct` and `sample` give the bytes they gave in training.
 *
 * @throws `E_NOT_FOUND` when the folder holds no finished run; `E_FORMAT`, `E_CONFIG` or `E_SHAPE` when a file is damaged
 * or of another run; `E_IO` when the disk refuses; `E_BACKEND` where WebAssembly SIMD is missing.
 * @example
 * const run = await loadRun('runs/20260101-120000-digits-dense');
 * const images = run.sample({ count: 16, seed: 1 }); // Float32Array, [16, 28, 28, 1], 0 to 1
 */
export async function loadRun(directory: string): Promise<LoadedRun> {
  const path = (name: string) => join(directory, name);
  const config = parseConfig(await readRunJson(directory, RUN_FILES.config), path(RUN_FILES.config));
  const { spec, epoch } = parseSavedModel(
    await readRunJson(directory, RUN_FILES.model),
    path(RUN_FILES.model),
  );
  const { arrays } = parseArrays(await readRunFile(directory, RUN_FILES.weights), path(RUN_FILES.weights));
  await startWasmBackend();
  return { ...createTrainedModel(spec, arrays), config, epoch };
}

/**
 * The last checkpoint of a run directory, bit for bit as it was taken: `train({ ..., checkpoint })` goes on from it.
 *
 * @throws `E_NOT_FOUND` when the folder holds none; `E_FORMAT` when it is damaged; `E_IO` when the disk refuses.
 * @example
 * const checkpoint = await loadCheckpoint('runs/20260101-120000-digits-dense');
 * checkpoint.progress.epoch; // epochs done
 */
export async function loadCheckpoint(directory: string): Promise<Checkpoint> {
  return decodeCheckpoint(
    await readRunFile(directory, RUN_FILES.checkpoint),
    join(directory, RUN_FILES.checkpoint),
  );
}
