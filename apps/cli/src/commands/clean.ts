import { exampleHelp, printable, talk } from '@latentkit/terminal';
import { Command } from 'commander';
import type { CleanOptions } from '../actions/clean.ts';
import { programName } from '../program-name.ts';

/** `latentkit clean`: tells what killed runs left and what else could go, and removes it when told to. */
export function cleanCommand(): Command {
  return new Command('clean')
    .description(
      'Tell what killed runs left half written and how much it is; with --yes, remove it. A run that is being written is left alone.',
    )
    .argument('[folder]', 'folder with runs in it, or a run (default: runs)')
    .option('--checkpoints', 'checkpoints of finished runs, too; they cannot be gone on with then')
    .option('--downloads', 'downloaded datasets, too')
    .option('--yes', 'do it')
    .option('--json', 'write a line of JSON a folder to stdout')
    .option('--debug', 'show the stack of an error')
    .addHelpText('after', exampleHelp(programName(), ['clean', 'clean --checkpoints --yes']))
    .action(async (folder: string | undefined, options: CleanOptions) => {
      if (!options.json) talk(`Looking into ${printable(folder ?? 'runs')}`);
      const { clean } = await import('../actions/clean.ts');
      await clean(folder, options);
    });
}
