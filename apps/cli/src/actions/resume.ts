import { join } from 'node:path';
import type { ExperimentConfig } from '@latentkit/experiment';
import { checkResumable, loadRunDataset, RUN_FILES, resumeExperiment } from '@latentkit/experiment/node';
import type { RunOptions } from '../options.ts';
import { resolveConfig } from '../resolve-config.ts';
import { imageFilesOf, type TrainCommandOptions, watchOptionsOf } from './train.ts';
import { watchTraining } from './watch-training.ts';

/** Goes on with a run in its folder. */
export async function resumeTraining(directory: string, options: TrainCommandOptions): Promise<void> {
  const own = await checkResumable(directory);
  const config = await believedConfig(directory, options);
  const { dataDir, dataset: name, epochs = own.training.epochs } = options;
  const files = imageFilesOf(options);
  const leaves = `Stopped before training went on; ${directory} is as it was.`;
  await watchTraining(watchOptionsOf(options), leaves, (watch) =>
    watch({
      ...{ config: { ...own, training: { ...own.training, epochs } }, out: directory, files },
      load: (loading) => loadRunDataset(directory, { ...files, dataDir, dataset: name, ...loading }),
      events: (dataset, run) => resumeExperiment({ ...run, directory, dataset, epochs, config }),
    }),
  );
}

/** Flags that could change what comes out. */
const DECIDING = [
  'recipe',
  'config',
  'latentDim',
  'objective',
  'set',
  'limit',
  'validation',
  'batchSize',
  'learningRate',
  'beta',
  'seed',
] as const satisfies (keyof RunOptions)[];

/** The config that the flags would make of the run's, to be compared with it; none where they change nothing. */
async function believedConfig(
  directory: string,
  options: TrainCommandOptions,
): Promise<ExperimentConfig | undefined> {
  const given = DECIDING.filter((name) => options[name] !== undefined);
  if (given.length === 0) return undefined;
  const flags = Object.fromEntries(given.map((name) => [name, options[name]]));
  return resolveConfig({ config: join(directory, RUN_FILES.config), data: options.data, ...flags });
}
