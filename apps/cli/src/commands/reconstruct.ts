import { parseNumber } from '@latentkit/terminal';
import { type Command, Option } from 'commander';
import type { ReconstructOptions } from '../actions/reconstruct.ts';
import { announceRun } from '../announce-run.ts';
import { parseList } from '../parse-list.ts';
import { pictureCommand } from '../picture-options.ts';

/** `latentkit reconstruct`: images over what a run's model makes of them. */
export function reconstructCommand(): Command {
  return pictureCommand('reconstruct', {
    description: "Show images over what a run's model reconstructs of them.",
    own: (command) =>
      command
        .addOption(
          new Option('--count <n>', 'how many, one of each class first (default: 10)').argParser(
            parseNumber.count,
          ),
        )
        .addOption(
          new Option('--indices <list>', 'which of them instead, numbered from 0: 1,5,7')
            .argParser(parseList.indices)
            .conflicts('count'),
        ),
    examples: ['train --limit 2000 --epochs 2 --out runs/first', 'reconstruct runs/first --count 10'],
  }).action(async (run: string, options: ReconstructOptions) => {
    await announceRun(run);
    const { reconstruct } = await import('../actions/reconstruct.ts');
    await reconstruct(run, options);
  });
}
