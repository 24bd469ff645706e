import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { EncodeOptions } from '../actions/encode.ts';
import { announceRun } from '../announce-run.ts';
import { addImageOptions, addLimit } from '../image-options.ts';
import { programName } from '../program-name.ts';

/** `latentkit encode`: the codes of images, for other programs. */
export function encodeCommand(): Command {
  const command = new Command('encode')
    .description("Write the codes of a run's images: means, logarithms of variances, and classes.")
    .argument('<run>', 'run directory');
  return addLimit(addImageOptions(command))
    .option('--label <class>', 'the class that a conditional model is told of all of them, by number')
    .addOption(
      new Option(
        '--workers <n>',
        'threads to compute on (default: all cores; the codes are the same)',
      ).argParser(parseNumber.workers),
    )
    .optionsGroup('Output:')
    .addOption(
      new Option('--format <name>', "csv, parquet or npy (default: --out's ending, or csv)").choices([
        'csv',
        'parquet',
        'npy',
      ]),
    )
    .option(
      '--out <path>',
      'a file, for npy a folder, - for stdout (default: stdout in a pipe, else codes/ in the run)',
    )
    .option('--force', 'overwrite codes that are in the folder of --out')
    .option('--json', 'write paths and counts to stdout as JSON')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --limit 2000 --epochs 2 --out runs/first',
        'encode runs/first --out codes.parquet',
      ]),
    )
    .action(async (run: string, options: EncodeOptions) => {
      await announceRun(run);
      const { encode } = await import('../actions/encode.ts');
      await encode(run, options);
    });
}
