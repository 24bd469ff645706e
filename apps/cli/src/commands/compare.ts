import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { CompareOptions } from '../actions/compare.ts';
import { programName } from '../program-name.ts';
import { addRunDataOptions } from '../run-data-options.ts';

/** `latentkit compare`: runs beside each other, what differs first. */
export function compareCommand(): Command {
  return addRunDataOptions(
    new Command('compare')
      .description(
        'Lay runs beside each other: the settings that differ, losses, and on a page curves and pictures.',
      )
      .argument('<runs...>', 'run directories, two at least')
      .optionsGroup('Pictures:')
      .addOption(
        new Option('--seed <n>', 'of the random samples, the same of each run')
          .argParser(parseNumber.seed)
          .default(42),
      )
      .option('--no-pictures', 'leave them out: then no data are needed'),
  )
    .optionsGroup('Output:')
    .option('--out <file>', 'write a page that needs no other file, compare.html for example')
    .option('--json', 'write the comparison as a line of JSON')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --limit 2000 --epochs 2 --beta 4 --out runs/second',
        'compare runs/first runs/second --out compare.html',
      ]),
    )
    .action(async (runs: string[], options: CompareOptions) => {
      const { compare } = await import('../actions/compare.ts');
      await compare(runs, options);
    });
}
