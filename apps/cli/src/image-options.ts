import { parseNumber } from '@latentkit/terminal';
import { type Command, Option } from 'commander';

/** Which images a command looks at, as flags say. */
export interface ImageOptions {
  set?: 'test' | 'validation' | 'train';
  data?: string;
  labels?: string;
  dataset?: string;
  dataDir?: string;
}

/** For every command that shows a run's model images. */
export function addImageOptions(command: Command): Command {
  return command
    .optionsGroup('Images:')
    .addOption(
      new Option(
        '--set <part>',
        'test, validation or train; the last two as the run had them (default: the test images, or else the validation images)',
      ).choices(['test', 'validation', 'train']),
    )
    .option('--data <path>', 'images instead of its dataset, or those it was made with: as train reads them')
    .option('--labels <file>', 'their classes: .npy, or .csv of one column')
    .option('--dataset <name>', 'a dataset instead of its own')
    .option('--data-dir <dir>', "folder that holds the dataset's files");
}

/** The same as experiments name it. */
export function imagesOf({ set, data, labels, dataset, dataDir }: ImageOptions) {
  return { part: set, data, labels, dataset, dataDir };
}

/** `--limit`. */
export function addLimit(command: Command, words = 'use the first n'): Command {
  return command.addOption(new Option('--limit <n>', words).argParser(parseNumber.count));
}
