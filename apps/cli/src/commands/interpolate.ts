import { parseNumber } from '@latentkit/terminal';
import { type Command, Option } from 'commander';
import type { InterpolateOptions } from '../actions/interpolate.ts';
import { announceRun } from '../announce-run.ts';
import { parseList } from '../parse-list.ts';
import { pictureCommand } from '../picture-options.ts';

/** `latentkit interpolate`: the way between two codes. */
export function interpolateCommand(): Command {
  return pictureCommand('interpolate', {
    description: "Show what a run's model decodes on the way between two images, or two codes.",
    own: (command) =>
      command
        .addOption(
          new Option(
            '--between <list>',
            'two images, numbered from 0: 3,17 (default: the first two of different classes)',
          ).argParser(parseList.twoIndices),
        )
        .addOption(
          new Option('--from-file <file>', 'two codes instead: .npy or .csv of two rows').conflicts(
            'between',
          ),
        )
        .addOption(
          new Option('--steps <n>', 'images, both ends among them (default: 10)').argParser(
            parseNumber.count,
          ),
        )
        .addOption(
          new Option('--method <name>', 'linear, or spherical, which keeps lengths').choices([
            'linear',
            'spherical',
          ]),
        ),
    examples: ['train --limit 2000 --epochs 2 --out runs/first', 'interpolate runs/first --between 3,17'],
  }).action(async (run: string, options: InterpolateOptions) => {
    await announceRun(run);
    const { interpolate } = await import('../actions/interpolate.ts');
    await interpolate(run, options);
  });
}
