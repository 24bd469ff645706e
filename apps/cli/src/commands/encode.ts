import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { EncodeOptions } from '../actions/encode.ts';
import { announceRun } from '../announce-run.ts';
import { addImageOptions, addLimit } from '../image-options.ts';
import { addShardOptions, isInParts, type ShardOptions } from '../jobs/shard-options.ts';
import { programName } from '../program-name.ts';

/** `latentkit encode`: the codes of images, for other programs. */
export function encodeCommand(): Command {
  const command = new Command('encode')
    .description("Write the codes of a run's images: means, logarithms of variances, and classes.")
    .argument('<run>', 'run directory');
  const encoded = addLimit(addImageOptions(command))
    .option(
      '--label <class>',
      'what a conditional model is told of all of them: a class, by its number or name',
    )
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
    .option('--reconstructions', 'also what the codes decode to, reconstructions.npy (with --format npy)')
    .option('--force', 'overwrite codes that are in the folder of --out')
    .option('--json', 'write paths and counts to stdout as JSON');
  return addShardOptions(encoded, { verb: 'encode', whole: 'npy, or a parquet file a part' })
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --limit 2000 --epochs 2 --out runs/first',
        'encode runs/first --out codes.parquet',
      ]),
    )
    .action(async (run: string, options: EncodeOptions & ShardOptions) => {
      await announceRun(run);
      if (isInParts(options)) {
        const { encodeShards } = await import('../actions/encode-shards.ts');
        return encodeShards(run, options);
      }
      const { encode } = await import('../actions/encode.ts');
      await encode(run, options);
    });
}
