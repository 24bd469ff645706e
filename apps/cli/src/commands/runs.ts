import { exampleHelp } from '@latentkit/terminal';
import { Command } from 'commander';
import type { RunsOptions } from '../actions/runs.ts';
import { programName } from '../program-name.ts';

/** `latentkit runs`: the runs in a folder, newest first. */
export function runsCommand(): Command {
  return new Command('runs')
    .description('List the runs in a folder and below it, newest first.')
    .argument('[folder]', 'where to look', 'runs')
    .option('--json', 'write a line of JSON a run')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), ['train --limit 2000 --epochs 2 --out runs/first', 'runs']),
    )
    .action(async (folder: string, options: RunsOptions) => {
      const { showRuns } = await import('../actions/runs.ts');
      await showRuns(folder, options);
    });
}
