import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { ShardOptions } from '../actions/encode-shards.ts';
import { announceRun } from '../announce-run.ts';
import { addImageOptions, addLimit } from '../image-options.ts';
import { parseShard } from '../jobs/parse-shard.ts';
import { addQueueOptions } from '../jobs/queue-options.ts';
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
    .option('--force', 'overwrite codes that are in the folder of --out')
    .option('--json', 'write paths and counts to stdout as JSON')
    .optionsGroup('In parts, for more images than one machine is for:')
    .addOption(
      new Option(
        '--shards <n>',
        'encode n parts as jobs, and join them: npy, or a parquet file a part',
      ).argParser(parseNumber.count),
    )
    .addOption(
      new Option(
        '--shard <i/n>',
        'encode one of n parts alone, from 0/n; --shards n joins them then',
      ).argParser(parseShard),
    )
    .addOption(
      new Option('--children <n>', 'parts at once on this machine (default: 1)').argParser(parseNumber.count),
    )
    .option('--store <dir>', 'where parts lie: a folder that all workers see (default: parts/ in --out)');
  return addQueueOptions(encoded)
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --limit 2000 --epochs 2 --out runs/first',
        'encode runs/first --out codes.parquet',
      ]),
    )
    .action(async (run: string, options: ShardOptions) => {
      await announceRun(run);
      if (options.shards !== undefined || options.shard !== undefined) {
        const { encodeShards } = await import('../actions/encode-shards.ts');
        return encodeShards(run, options);
      }
      const { encode } = await import('../actions/encode.ts');
      await encode(run, options);
    });
}
