import type { Setting } from '@latentkit/experiment/config';
import { parseNumber } from '@latentkit/terminal';
import { type Command, Option } from 'commander';
import { NAMES } from './names.ts';
import { parseSetting } from './settings.ts';

/** What decides the model and its data, for every command that builds one. */
export interface ModelOptions {
  recipe?: string;
  dataset?: string;
  config?: string;
  data?: string;
  size?: number;
  channels?: number;
  fit?: string;
  background?: string;
  latentDim?: number;
  objective?: string;
  set?: Setting[];
}

/** What decides a run. */
export interface RunOptions extends ModelOptions {
  dataDir?: string;
  validationData?: string;
  labels?: string;
  validationLabels?: string;
  limit?: number;
  validation?: number;
  epochs?: number;
  batchSize?: number;
  learningRate?: number;
  beta?: number;
  seed?: number;
}

export function addModelOptions(command: Command): Command {
  const { recipes, datasets, objectives } = NAMES;
  return command
    .optionsGroup('Model:')
    .option('--recipe <name>', `${recipes.join(', ')} (default: ${recipes[0]})`)
    .option('--config <file>', 'JSON with any part of a config; flags override it')
    .addOption(new Option('--latent-dim <n>', 'size of the latent space').argParser(parseNumber.count))
    .option(
      '--objective <type>',
      `${objectives.join(', ')} (default: ${objectives[0]}); its numbers by --set objective.<name>=<x>`,
    )
    .addOption(
      new Option('--set <path=value>', 'any field of the config: JSON or text; may be given again').argParser(
        parseSetting,
      ),
    )
    .optionsGroup('Data:')
    .option('--dataset <name>', `${datasets.join(', ')} (default: ${datasets[0]})`)
    .option(
      '--data <path>',
      'images of your own: a folder or .zip of them, .npy, .npz, IDX, or .csv of an image a row',
    )
    .addOption(
      new Option(
        '--size <n>',
        'bring the images of --data to n x n (default: the size that they have)',
      ).argParser(parseNumber.count),
    )
    .addOption(
      new Option('--channels <n>', '1 for grey, 3 for RGB (default: RGB where any has colour)').argParser(
        parseNumber.count,
      ),
    )
    .option('--fit <how>', 'images of another shape: crop, contain, stretch (default: crop)')
    .option(
      '--background <colour>',
      'behind transparent parts and contained images: white, black (default: white)',
    );
}

export function addRunOptions(command: Command): Command {
  const { count, positive, notNegative, seed } = parseNumber;
  return addModelOptions(command)
    .option('--data-dir <dir>', "folder that holds the dataset's files already")
    .option(
      '--labels <file>',
      'classes of the images of --data, where folders are none: .npy, or .csv of one column',
    )
    .option(
      '--validation-data <path>',
      'images to judge by (default: those that --data calls so, or a tenth)',
    )
    .option('--validation-labels <file>', 'their classes')
    .addOption(new Option('--limit <n>', 'use the first n training images').argParser(count))
    .addOption(
      new Option('--validation <n>', 'hold n training images out to choose the epoch by').argParser(count),
    )
    .optionsGroup('Training:')
    .addOption(new Option('--epochs <n>', 'passes over the training images').argParser(count))
    .addOption(new Option('--batch-size <n>', 'images an update').argParser(count))
    .addOption(
      new Option('--learning-rate <x>', "the optimizer's step, the same in all epochs").argParser(positive),
    )
    .addOption(new Option('--beta <x>', 'weight of the KL; 1 is the ELBO').argParser(notNegative))
    .addOption(new Option('--seed <n>', 'decides weights, order and noise').argParser(seed));
}
