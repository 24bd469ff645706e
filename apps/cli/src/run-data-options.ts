import type { Command } from 'commander';

/** Where a run's data are, for commands that need all of them. */
export interface RunDataOptions {
  dataset?: string;
  dataDir?: string;
  data?: string;
  labels?: string;
  validationData?: string;
  validationLabels?: string;
}

/** Options of commands over the data that a run was made with. */
export function addRunDataOptions(command: Command): Command {
  return command
    .optionsGroup('Data, where they are not where the run was made:')
    .option('--data-dir <dir>', "folder that holds its dataset's files")
    .option('--dataset <name>', 'the dataset whose images a program had handed over')
    .option('--data <path>', 'the images of your own that it was made with')
    .option('--labels <file>', 'their classes: .npy, or .csv of one column')
    .option('--validation-data <path>', 'the images that it was judged by, where there was such a file')
    .option('--validation-labels <file>', 'their classes');
}

/** The same without what else a command was told. */
export function runDataOf({
  dataset,
  dataDir,
  data,
  labels,
  validationData,
  validationLabels,
}: RunDataOptions): RunDataOptions {
  return { dataset, dataDir, data, labels, validationData, validationLabels };
}
