import { LatentkitError } from '@latentkit/core';
import { parseJson } from '@latentkit/formats';
import type { ExperimentConfig } from '../config-schema.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { parseConfig } from '../parse-config.ts';
import type { RunFiles } from './run-store.ts';

/**
 * A file of a run.
 *
 * @throws `E_NOT_FOUND` when it is not there; `E_IO` when it cannot be read.
 */
export async function readRunFile(files: RunFiles, name: string): Promise<Uint8Array> {
  const bytes = await files.read(name);
  if (bytes) return bytes;
  await files.checkThere?.();
  throw new LatentkitError('E_NOT_FOUND', `${files.where} holds no ${name}`, {
    fix: 'Name the folder that a finished run printed at its end',
  });
}

/**
 * The JSON of a file of a run.
 *
 * @throws as {@link readRunFile}; `E_FORMAT` when it is not JSON.
 */
export async function readRunJson(files: RunFiles, name: string): Promise<unknown> {
  return parseJson(await readRunFile(files, name), files.pathOf(name));
}

/**
 * A run's config.
 *
 * @throws as {@link readRunJson}; `E_CONFIG` naming the first field that does not fit.
 */
export async function readRunConfig(files: RunFiles): Promise<ExperimentConfig> {
  return parseConfig(await readRunJson(files, RUN_FILES.config), files.pathOf(RUN_FILES.config));
}
