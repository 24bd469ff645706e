import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { ReproduceCommandOptions } from '../actions/reproduce.ts';
import { NAMES } from '../names.ts';
import { programName } from '../program-name.ts';

/** `latentkit reproduce`: the experiments that recipes come from, beside what was published. */
export function reproduceCommand(): Command {
  const { count, seed, workers } = parseNumber;
  return new Command('reproduce')
    .description(
      'Run the recipes of published experiments on MNIST and write a page of what was published beside what was measured. ' +
        'Runs that are there are taken as they are, stopped ones are gone on with.',
    )
    .argument('[recipe...]', `some of ${NAMES.recipes.join(', ')}; all that come from a report by default`)
    .optionsGroup('Runs:')
    .option('--data-dir <dir>', "folder that holds MNIST's files already")
    .addOption(
      new Option(
        '--seeds <list>',
        'a run each (default: 42,43,44 of recipes with figures to compare, 42 of the others)',
      ).argParser((text) => text.split(',').map((one) => seed(one))),
    )
    .addOption(
      new Option('--limit <n>', 'use the first n training images: a trial of the command').argParser(count),
    )
    .addOption(new Option('--epochs <n>', 'stop after n epochs: a trial, too').argParser(count))
    .addOption(new Option('--workers <n>', 'threads to train on (default: all cores)').argParser(workers))
    .option('--page-only', 'run nothing: write the page of the runs that are there')
    .optionsGroup('Output:')
    .option('--out <dir>', 'folder of the runs (default: runs/reproduce; of a trial runs/tried)')
    .addOption(
      new Option(
        '--page <file>',
        'the page to write; its rows and pictures lie beside it (default: docs/reproduction.md; of a trial runs/tried.md)',
      ).argParser(parsePage),
    )
    .option('--json', 'write events to stdout as NDJSON')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'reproduce mlp-mse keras-dense --data-dir mnist',
        'reproduce autoencoder --limit 1000 --epochs 1',
      ]),
    )
    .action(async (recipes: readonly string[], options: ReproduceCommandOptions) => {
      const { reproduceRecipes } = await import('../actions/reproduce.ts');
      await reproduceRecipes(recipes, options);
    });
}

function parsePage(text: string): string {
  if (text.endsWith('.md')) return text;
  throw new InvalidArgumentError('It must end in .md');
}
