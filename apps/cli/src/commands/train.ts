import { LatentkitError, shorten } from '@latentkit/core';
import { exampleHelp, paint, parseNumber, printable, quoteArgument, talk } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { TrainCommandOptions } from '../actions/train.ts';
import { addRunOptions } from '../options.ts';
import { programName } from '../program-name.ts';

/** `latentkit train`: trains a recipe on a dataset and writes a run directory with figures and a report. */
export function trainCommand(): Command {
  const { count, positive, workers } = parseNumber;
  return addRunOptions(new Command('train'))
    .description('Train a model and write a run directory with figures and report.html.')
    .addOption(
      new Option(
        '--resume <run>',
        'go on with a run that was stopped or killed, in its folder, to the same weights',
      ).conflicts(['out', 'force']),
    )
    .addOption(
      new Option(
        '--from <path>',
        'begin with the weights of a run, or of a model of Keras, PyTorch or ONNX, and train them further in a new run',
      ).conflicts('resume'),
    )
    .addOption(new Option('--workers <n>', 'threads to train on (default: all cores)').argParser(workers))
    .option('--eager', 'train step by step on one thread: slower, the same weights')
    .addOption(
      new Option('--checkpoint-minutes <x>', 'time between checkpoints (default: 2)').argParser(positive),
    )
    .optionsGroup('Output:')
    .option('--out <dir>', 'run directory (default: runs/<time>-<recipe>)')
    .option('--force', 'replace a run that is there, once an epoch is done')
    .addOption(
      new Option(
        '--smoothing <n>',
        "epochs of the loss curves' moving average (default: 7 from 21 epochs on)",
      ).argParser(count),
    )
    .option('--preview', 'show reconstructions and samples in the terminal every few epochs')
    .option('--tensorboard <dir>', 'write event files for TensorBoard there, too')
    .option('--json', 'write events to stdout as NDJSON')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --recipe keras-dense --limit 1000 --epochs 2',
        'train --limit 2000 --epochs 2 --beta 2 --json',
      ]),
    )
    .allowExcessArguments()
    .action(async (options: TrainCommandOptions, { args: [extra] }: Command) => {
      if (extra !== undefined) throw noArgument(extra);
      const { resume, json } = options;
      if (resume !== undefined) {
        if (!json) talk(`Going on with ${paint('bold', printable(resume))}`);
        const { resumeTraining } = await import('../actions/resume.ts');
        return resumeTraining(resume, options);
      }
      const { checkModel, resolveConfig } = await import('../resolve-config.ts');
      const source = options.from === undefined ? undefined : await readSource(options.from);
      const config = source ? await source.resolve(options) : await resolveConfig(options);
      checkModel(config);
      if (!json) talk(`${paint('bold', config.recipe)} on ${paint('bold', config.dataset.name)}`);
      if (!json && config.start) tellStart(config.start);
      const { runTraining } = await import('../actions/train.ts');
      await runTraining(config, options, source?.source);
    });
}

/** What training begins with; loaded where it is asked for, as it reads files of other programs. */
async function readSource(path: string) {
  const { readTrainSource, resolveConfigFrom } = await import('../train-source.ts');
  const source = await readTrainSource(path);
  return { source, resolve: (options: TrainCommandOptions) => resolveConfigFrom(source, options) };
}

function tellStart({ from, notes = [] }: { from: string; notes?: readonly string[] | undefined }): void {
  talk(`From the weights of ${paint('bold', printable(from))}`);
  for (const note of notes) talk(`${paint('yellow', 'Note:')} ${printable(note)}`);
}

/** Whoever names a folder means one of two. */
function noArgument(text: string): LatentkitError {
  const path = quoteArgument(shorten(text));
  return new LatentkitError('E_USAGE', `train takes options alone, and got ${path}`, {
    fix: `To go on with a run there: --resume ${path}; for a new run's folder: --out ${path}`,
  });
}
