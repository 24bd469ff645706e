import { parseNumber } from '@latentkit/terminal';
import { type Command, Option } from 'commander';
import { announceRun } from '../announce-run.ts';
import { parseDelimiter } from '../options.ts';
import { parseGrid, parseIndex } from '../parse-list.ts';
import { pictureCommand } from '../picture-options.ts';
import { SAMPLER_NAMES, type SampleOptions } from '../sample-options.ts';

/** `latentkit sample`: images of random codes, or of given ones. */
export function sampleCommand(): Command {
  const { count, seed, notNegative } = parseNumber;
  return pictureCommand('sample', {
    description:
      "Show what a run's model makes of codes drawn at random: from the prior, from where codes of images are, or around an image; of a table, rows as CSV.",
    own: (command) =>
      command
        .addOption(
          new Option('--count <n>', 'how many (default: 64; a row a class of a conditional model)').argParser(
            count,
          ),
        )
        .addOption(
          new Option('--grid <size>', 'rows x columns, instead: 8x8').argParser(parseGrid).conflicts('count'),
        )
        .addOption(
          new Option('--seed <n>', 'decides the codes; image i depends on it and on i alone')
            .argParser(seed)
            .default(0),
        )
        .addOption(
          new Option('--around <index>', 'draw around an image, numbered from 0').argParser(parseIndex),
        )
        .addOption(
          new Option(
            '--spread <x>',
            "how far around it, in standard deviations of the image's posterior (default: 1)",
          ).argParser(notNegative),
        )
        .addOption(
          new Option(
            '--from <what>',
            "what codes are drawn from: the model's prior, a mixture of normal distributions fitted to the codes of the images it learned from, or those codes' own posteriors",
          )
            .choices(SAMPLER_NAMES)
            .default('prior')
            .conflicts('around'),
        )
        .addOption(
          new Option('--components <n>', 'normal distributions of --from mixture (default: 10)').argParser(
            count,
          ),
        )
        .addOption(
          new Option('--from-file <file>', 'codes to decode instead: .npy or .csv').conflicts([
            'around',
            'count',
            'from',
            'components',
          ]),
        )
        .addOption(
          new Option(
            '--delimiter <c>',
            "of a table's rows: what stands between cells (default: as train was told; else a comma, or ; where decimals have commas)",
          ).argParser(parseDelimiter),
        ),
    examples: ['train --limit 2000 --epochs 2 --out runs/first', 'sample runs/first --grid 8x8 --seed 1'],
  }).action(async (run: string, options: SampleOptions) => {
    await announceRun(run);
    const { sample } = await import('../actions/sample.ts');
    await sample(run, options);
  });
}
