import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { AnomaliesOptions } from '../actions/anomalies.ts';
import { announceRun } from '../announce-run.ts';
import { addLimit } from '../image-options.ts';
import { addShardOptions, isInParts, type ShardOptions } from '../jobs/shard-options.ts';
import { NAMES } from '../names.ts';
import { parseList } from '../parse-list.ts';
import { programName } from '../program-name.ts';

/** `latentkit anomalies`: examples by how unlike those of a run's training they are. */
export function anomaliesCommand(): Command {
  const { count, share, workers } = parseNumber;
  const command = new Command('anomalies')
    .description(
      "Rank images or rows of a table by how unlike those of a run's training they are; writes a CSV, a picture of the oddest and a report.",
    )
    .argument('<run>', 'run directory')
    .argument('<data>', 'what to look at: a file or folder as train reads them, or the name of a dataset');
  const scored = addLimit(
    command
      .optionsGroup('Data:')
      .option('--labels <file>', 'classes of the data: .npy, or .csv of one column')
      .option(
        '--clean <path>',
        "ordinary examples, for the threshold (default: the run's validation examples, of its dataset or among the data)",
      )
      .option('--data-dir <dir>', "folder that holds the dataset's files"),
  )
    .optionsGroup('Scoring:')
    .addOption(
      new Option(
        '--score <name>',
        'what examples are scored by (default: elbo; reconstruction without a prior)',
      ).choices(NAMES.anomalyScores),
    )
    .addOption(
      new Option(
        '--false-alarms <share>',
        'of ordinary examples that may be called anomalies (default: 0.01, or the smallest that they can tell)',
      ).argParser(share),
    )
    .addOption(new Option('--samples <n>', 'latent samples an example (default: 1)').argParser(count))
    .addOption(
      new Option(
        '--anomalous <classes>',
        'classes that are anomalies, by name or number, to measure how well they are told: 1,7',
      ).argParser(parseList.words),
    )
    .addOption(new Option('--worst <n>', 'how many of the oddest are shown').argParser(count).default(12))
    .addOption(
      new Option(
        '--workers <n>',
        'threads to compute on (default: all cores; the numbers are the same)',
      ).argParser(workers),
    )
    .optionsGroup('Output:')
    .option('--out <folder>', 'where to write (default: anomalies in the run)')
    .option('--force', 'overwrite what lies there')
    .option('--json', 'write scores to stdout as JSON instead of the table');
  return addShardOptions(scored, { verb: 'score', whole: 'as without parts' })
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --limit 2000 --epochs 2 --out runs/first',
        'anomalies runs/first digits --anomalous 1',
      ]),
    )
    .action(async (run: string, data: string, options: AnomaliesOptions & ShardOptions) => {
      await announceRun(run);
      if (isInParts(options)) {
        const { anomalyShards } = await import('../actions/anomaly-shards.ts');
        return anomalyShards(run, data, options);
      }
      const { anomalies } = await import('../actions/anomalies.ts');
      await anomalies(run, data, options);
    });
}
