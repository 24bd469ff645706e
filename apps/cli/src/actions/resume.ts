import { isDeepStrictEqual } from 'node:util';
import { LatentkitError } from '@latentkit/core';
import { differingSettings, type ExperimentConfig } from '@latentkit/experiment';
import { parsePartialConfig } from '@latentkit/experiment/config';
import { checkResumable, loadRunDataset, resumeExperiment } from '@latentkit/experiment/node';
import { printable } from '@latentkit/terminal';
import { readConfigFile } from '../read-config-file.ts';
import { checkOwnData, withFile, withFlags } from '../resolve-config.ts';
import { imageFilesOf, type TrainCommandOptions, watchOptionsOf } from './train.ts';
import { watchTraining } from './watch-training.ts';

/** Goes on with a run in its folder. */
export async function resumeTraining(directory: string, options: TrainCommandOptions): Promise<void> {
  const own = await checkResumable(directory);
  const config = await wantedConfig(directory, own, options);
  const { epochs } = config.training;
  const isMoved = config.dataset.dataDir !== own.dataset.dataDir;
  const { dataset: name, strict, dataDir = isMoved ? config.dataset.dataDir : undefined } = options;
  const files = imageFilesOf(options);
  const leaves = `Stopped before training went on; ${printable(directory)} is as it was.`;
  await watchTraining(watchOptionsOf(options), leaves, (watch) =>
    watch({
      ...{ config, out: directory, files },
      load: (loading) =>
        loadRunDataset(directory, {
          ...files,
          strict,
          dataDir,
          dataset: files.data === undefined ? name : undefined,
          ...loading,
        }),
      events: (dataset, run) => resumeExperiment({ ...run, directory, dataset, epochs }),
    }),
  );
}

/**
 * The run's config, with the epochs that are asked for and the folder that its data are said to be in.
 *
 * @throws `E_USAGE` where flags or a file say of anything else what the run was not made with: it goes on as it was made.
 */
async function wantedConfig(
  directory: string,
  own: ExperimentConfig,
  { recipe, config: path, ...flags }: TrainCommandOptions,
): Promise<ExperimentConfig> {
  checkOwnData(flags);
  const file = path === undefined ? {} : await readConfigFile(path);
  const said = withFlags({ ...withFile(own, file), ...(recipe !== undefined && { recipe }) }, flags);
  parsePartialConfig(said, [path, flags.set && '--set'].filter(Boolean).join(' with ') || 'config');
  const wanted = said as ExperimentConfig; // what differs is refused, checked or not
  const pair = (name: 'recipe' | 'figures') => ({ name, values: [own[name], wanted[name]] });
  const difference = [pair('recipe'), ...differingSettings([own, wanted]), pair('figures')].find(
    ({ name, values: [was, is] }) => name !== 'training.epochs' && !isDeepStrictEqual(was, is),
  );
  if (difference === undefined) return wanted;
  const [expected, got] = difference.values.map((value) => JSON.stringify(value) ?? 'nothing');
  throw new LatentkitError(
    'E_USAGE',
    `${directory} goes on as it was made: expected ${difference.name} ${expected}, got ${got}`,
    { fix: 'Leave that out, or train anew' },
  );
}
