import { exampleHelp } from '@latentkit/terminal';
import { Command } from 'commander';
import { programName } from '../program-name.ts';

/** `latentkit datasets`: what there is to train on, and what of it is on this machine. */
export function datasetsCommand(): Command {
  return new Command('datasets')
    .description('List the datasets and whether they are on this machine.')
    .option('--json', 'write one JSON row a dataset')
    .option('--debug', 'show the stack of an error')
    .addHelpText('after', exampleHelp(programName(), ['datasets', 'datasets --json']))
    .action(async (options: { json?: boolean }) => {
      const { listDatasets } = await import('../actions/datasets.ts');
      listDatasets(options);
    });
}
