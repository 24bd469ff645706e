import { LatentkitError } from '@latentkit/core';
import { exampleHelp } from '@latentkit/terminal';
import { Command } from 'commander';
import { programName } from '../program-name.ts';

/** `latentkit ui`: until the lab opens runs of the command line, what to do instead. */
export function uiCommand(): Command {
  return new Command('ui')
    .description('Open a run in the lab, which cannot yet: until then, open its report.')
    .argument('<run>', 'run directory')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), ['train --limit 2000 --epochs 2 --out runs/first', 'ui runs/first']),
    )
    .action((run: string) => {
      throw new LatentkitError('E_NOT_FOUND', 'the lab does not open runs of the command line yet', {
        fix: `Open ${run}/report.html in a browser`,
      });
    });
}
