import { parseNumber } from '@latentkit/terminal';
import { type Command, Option } from 'commander';
import type { TraverseOptions } from '../actions/traverse.ts';
import { announceRun } from '../announce-run.ts';
import { parseIndex, parseList } from '../parse-list.ts';
import { pictureCommand } from '../picture-options.ts';

/** `latentkit traverse`: what the dimensions of the latent space do. */
export function traverseCommand(): Command {
  return pictureCommand('traverse', {
    description:
      "Show what a run's latent dimensions do: a row each, those that carry most first, or a grid over two of them.",
    own: (command) =>
      command
        .option('--grid', 'a grid over the plane of two dimensions')
        .option('--quantiles', 'that grid by even shares of the prior; --range are shares then, as 0.05,0.95')
        .addOption(
          new Option('--steps <n>', 'images along a dimension (default: 11, of a grid 15)').argParser(
            parseNumber.count,
          ),
        )
        .addOption(
          new Option(
            '--dimensions <list>',
            'which, as figures count them: 1,3 (default: the 10 of largest KL, of a grid 2)',
          ).argParser(parseList.dimensions),
        )
        .addOption(
          new Option(
            '--range <from,to>',
            'what they run over (default: -3,3; of a plain autoencoder what its codes take)',
          ).argParser(parseList.range),
        )
        .addOption(
          new Option('--from <index>', "start at an image's code, numbered from 0 (default: at 0)").argParser(
            parseIndex,
          ),
        ),
    examples: ['train --limit 2000 --epochs 2 --out runs/first', 'traverse runs/first --steps 9'],
  }).action(async (run: string, options: TraverseOptions) => {
    await announceRun(run);
    const { traverse } = await import('../actions/traverse.ts');
    await traverse(run, options);
  });
}
