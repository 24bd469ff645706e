import { join } from 'node:path';
import {
  checkOptions,
  checkValue,
  functionRule,
  needed,
  objectRule,
  pathRule,
} from '@latentkit/core/options';
import { writeTogether } from '@latentkit/formats/node';
import type { ExperimentConfig } from '../config-schema.ts';
import { importedRunFiles, type ModelFromElsewhere } from '../imported-run.ts';
import { describeEnvironment } from './describe-environment.ts';
import { checkRunDirectory } from './run-directory.ts';

export interface WriteImportedRunOptions {
  /** Of {@link importedConfig}. */
  config: ExperimentConfig;
  /** When it was imported; now by default. */
  date?: () => Date;
}

/**
 * Writes a model from elsewhere as a run's folder, whole or not at all: what reads runs, reads it.
 *
 * @throws `E_EXISTS` where there is a run, or a file that it would overwrite; `E_IO` when the disk refuses.
 * @example
 * const model = await importModel({ 'vae.pt': await readFile('vae.pt') });
 * await writeImportedRun('runs/vae', model, { config: await importedConfig(model, { from: 'vae.pt' }) });
 */
export async function writeImportedRun(
  directory: string,
  model: ModelFromElsewhere,
  options: WriteImportedRunOptions,
): Promise<void> {
  checkValue('writeImportedRun', 'directory', directory, pathRule);
  checkOptions('writeImportedRun', options, { config: needed(objectRule), date: functionRule });
  const { config, date = () => new Date() } = options;
  await checkRunDirectory(directory, { fix: 'Choose another folder' });
  const end = { finishedAt: date().toISOString(), environment: await describeEnvironment() };
  const files = await importedRunFiles(model, { config, end });
  await writeTogether(files.map(({ name, bytes }) => ({ path: join(directory, name), content: bytes })));
}
