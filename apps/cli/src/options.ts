import { LatentkitError, shorten } from '@latentkit/core';
import type { Setting } from '@latentkit/experiment/config';
import { parseNumber } from '@latentkit/terminal';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { NAMES } from './names.ts';
import { parseSetting } from './settings.ts';

/** What decides the model and its data, for every command that builds one. */
export interface ModelOptions {
  recipe?: string;
  dataset?: string;
  config?: string;
  data?: string;
  size?: number | { width: number; height: number };
  channels?: number | 'auto';
  fit?: string;
  background?: string;
  labelColumn?: string;
  columns?: Record<string, string>;
  missing?: string;
  delimiter?: string;
  decimal?: string;
  header?: boolean;
  strict?: boolean;
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
  arithmetic?: string;
}

export function addModelOptions(command: Command): Command {
  const { recipes, datasets, objectives, sources } = NAMES;
  const described = command
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
    .option(
      '--dataset <name>',
      `${datasets.join(', ')} (default: ${datasets[0]}); with --data, what alone to read: ${sources.join(', ')}`,
    )
    .option(
      '--data <path>',
      'data of your own: a folder or .zip of pictures, .npy, .npz, .safetensors, IDX, .parquet, or .csv (an image a row, or a table of columns); or what pack made of them',
    );
  return addLookOptions(described)
    .option(
      '--columns <uses>',
      'of a table, columns that are not what their cells say: age=number,kind=category,id=ignore',
      parseUses,
    )
    .option(
      '--missing <policy>',
      'of a table, missing cells: error, drop (their rows), mean (words: a category of their own) (default: error)',
    )
    .addOption(
      new Option(
        '--delimiter <c>',
        'between the cells of a .csv: one character, or tab (default: found out)',
      ).argParser(parseDelimiter),
    )
    .option('--decimal <sign>', 'before the decimals of a .csv: . or , (default: found out)')
    .addOption(
      new Option(
        '--header <yes|no|auto>',
        'whether the first row of a .csv names its columns (default: auto, and told where that is a guess)',
      ).argParser(parseHeader),
    )
    .option('--strict', 'stop at an image that cannot be read, which is left out otherwise');
}

/** How files become images. */
export function addLookOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--size <n>',
        'bring the images to n x n, or to 28x20 (width x height); by default what they have',
      ).argParser(parseSize),
    )
    .addOption(
      new Option('--channels <n>', '1 for grey, 3 for RGB, auto: RGB where any has colour').argParser(
        parseChannels,
      ),
    )
    .option('--fit <how>', 'images of another shape: crop, pad, stretch (default: crop)')
    .option(
      '--background <colour>',
      'behind transparent parts and around padded images: white, black (default: white)',
    )
    .option('--label-column <name>', 'of a table or metadata.csv, .jsonl, the column of the classes');
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
    .addOption(new Option('--seed <n>', 'decides weights, order and noise').argParser(seed))
    .option(
      '--arithmetic <how>',
      'how sums are rounded: strict, or fused (quicker where doctor finds it; to other bits) (default: strict)',
    );
}

/** A side, or width and height. */
function parseSize(text: string): number | { width: number; height: number } {
  const [, width, height] = /^(\d+)x(\d+)$/i.exec(text) ?? [];
  if (width === undefined || height === undefined) return parseNumber.count(text);
  return { width: parseNumber.count(width), height: parseNumber.count(height) };
}

function parseChannels(text: string): number | 'auto' {
  return text === 'auto' ? text : parseNumber.count(text);
}

/** A tab is hard to type. */
export function parseDelimiter(text: string): string {
  return text === 'tab' || text === '\\t' ? '\t' : text;
}

/** Whether the first row of a CSV names its columns: nothing for what is to be found out. */
export function parseHeader(text: string): boolean | undefined {
  if (text === 'auto') return undefined;
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new InvalidArgumentError('It must be yes, no or auto');
}

/** Columns by their names, and how they are read. */
function parseUses(text: string, before: Record<string, string> = {}): Record<string, string> {
  const pairs = text.split(',').map((pair) => {
    const at = pair.lastIndexOf('=');
    if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
    throw new LatentkitError(
      'E_USAGE',
      `--columns: expected NAME=number, category or ignore, got ${shorten(pair)}`,
    );
  });
  return { ...before, ...Object.fromEntries(pairs) };
}
