import { LatentkitError } from '@latentkit/core';
import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { SweepOptions } from '../actions/sweep.ts';
import { addQueueOptions } from '../jobs/queue-options.ts';
import { programName } from '../program-name.ts';

/** `latentkit sweep`: trains a recipe with many settings, and says which are good. */
export function sweepCommand(): Command {
  const command = new Command('sweep')
    .description(
      'Train a recipe with many settings, here on some processes, and write a table and a page that say which are good. What a file of a sweep may say: docs/sweeps.md.',
    )
    .argument('<file>', 'JSON that says what to sweep; or one of: init, status, stop, resume')
    .argument(
      '[folder]',
      'with status, stop or resume: the folder of the sweep; with init: the file to write (default: sweep.json)',
    )
    .addOption(
      new Option(
        '--workers <n>',
        'trials at once on this machine, each on as many threads as there are cores for it (default: 1; with a queue, none)',
      ).argParser(parseNumber.workers),
    )
    .addOption(
      new Option(
        '--seed <n>',
        'decides which settings are tried (default: what the file says, or 1)',
      ).argParser(parseNumber.seed),
    )
    .optionsGroup('Data:')
    .option('--data <path>', 'data of your own, as of train')
    .option('--labels <file>', 'classes of the images of --data')
    .option('--validation-data <path>', 'images to judge by')
    .option('--validation-labels <file>', 'their classes')
    .option('--data-dir <dir>', "folder that holds the dataset's files already");
  return addQueueOptions(command)
    .option(
      '--store <dir>',
      'where jobs lie: the folder of the --store of all workers (default: jobs in the folder of the sweep)',
    )
    .optionsGroup('Output:')
    .option('--out <dir>', 'folder of the sweep (default: runs/<time>-sweep-<recipe>)')
    .option('--json', 'write what comes of trials to stdout as NDJSON')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), ['sweep init sweep.json', 'sweep sweep.json --workers 2 --out runs/sweep']),
    )
    .action(async (file: string, folder: string | undefined, options: SweepOptions) => {
      if (file === 'init') return (await import('../sweep/init-sweep.ts')).initSweep(folder);
      const actions = await import('../actions/sweep.ts');
      const of = { status: actions.sweepStatus, stop: actions.stopSweep, resume: actions.resumeSweep };
      if (!Object.hasOwn(of, file)) {
        if (folder === undefined) return actions.sweep(file, options);
        throw new LatentkitError('E_USAGE', `sweep ${file} takes no folder`, {
          fix: `Say where it goes with --out, or what to do with it: init, ${Object.keys(of).join(', ')}`,
        });
      }
      if (folder !== undefined) return of[file as keyof typeof of](folder, options);
      throw new LatentkitError('E_USAGE', `sweep ${file} needs the folder of a sweep`, {
        fix: `As in: sweep ${file} runs/FOLDER`,
      });
    });
}
