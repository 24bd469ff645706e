import { exampleHelp } from '@latentkit/terminal';
import { Command } from 'commander';
import type { PackCommandOptions } from '../actions/pack.ts';
import { NAMES } from '../names.ts';
import { addLookOptions } from '../options.ts';
import { programName } from '../program-name.ts';

/** `latentkit pack`: images of one's own, decoded once. */
export function packCommand(): Command {
  const command = new Command('pack')
    .description(
      'Decode images once into a folder of .npy files and a manifest, which train --data reads batches from: for sets that are larger than memory.',
    )
    .argument(
      '<data>',
      'a folder or .zip of pictures, .npy, .npz, IDX, .parquet, or .csv of an image a row; parts and classes as train reads them',
    )
    .requiredOption('--out <dir>', 'the folder to make')
    .option(
      '--dataset <name>',
      `what alone to read: ${NAMES.sources.filter((name) => name !== 'table').join(', ')}`,
    );
  return addLookOptions(command)
    .option('--strict', 'stop at an image that cannot be read, which is left out otherwise')
    .option('--json', 'write counts, shape and files to stdout as JSON')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'pack runs/first/figures --size 32 --out figures-packed',
        'train --data figures-packed --batch-size 2 --epochs 2',
      ]),
    )
    .action(async (data: string, options: PackCommandOptions) => {
      const { pack } = await import('../actions/pack.ts');
      await pack(data, options);
    });
}
