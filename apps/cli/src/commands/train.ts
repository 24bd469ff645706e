import { join } from 'node:path';
import type { Dataset } from '@latentkit/core';
import type { ExperimentConfig } from '@latentkit/experiment';
import { checkRunDirectory, type ExperimentEvent, loadDataset, runExperiment } from '@latentkit/experiment/node';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addRunOptions, type RunOptions } from '../options.ts';
import { formatCount, formatDuration, formatLoss } from '../output/format.ts';
import { createDownloadView } from '../output/download-view.ts';
import { jsonRow } from '../output/json-rows.ts';
import { paint } from '../output/paint.ts';
import { talk } from '../output/talk.ts';
import { createTrainingView } from '../output/training-view.ts';
import { resolveConfig } from '../resolve-config.ts';

interface TrainCommandOptions extends RunOptions {
  out?: string;
  force?: boolean;
  json?: boolean;
  smoothing?: number;
}

const INTERRUPTED = 130;

/** `latentkit train`: trains a recipe on a dataset and writes a run directory with figures and a report. */
export function trainCommand(): Command {
  const smoothing = new Option('--smoothing <n>', "epochs of the loss curves' moving average").argParser((text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError(`Expected a whole number of at least 1, got '${text}'.`);
    return value;
  });
  return addRunOptions(new Command('train'))
    .description('Train a model and write a run directory with figures and report.html.')
    .option('--out <dir>', 'run directory (default: runs/<time>-<recipe>)')
    .option('--force', 'overwrite a run that is there')
    .option('--json', 'write events to stdout as NDJSON')
    .option('--debug', 'show the stack of an error')
    .addOption(smoothing)
    .addHelpText('after', EXAMPLES)
    .action(runTraining);
}

const EXAMPLES = `
Examples:
  latentkit train --epochs 5
  latentkit train --recipe keras-dense --dataset mnist --beta 1 --json`;

async function runTraining(options: TrainCommandOptions): Promise<void> {
  const config = await resolveConfig(options);
  const out = options.out ?? join('runs', `${timestamp(new Date())}-${config.recipe}`);
  await checkRunDirectory(out, options);
  const { signal, stopListening } = abortOnInterrupt();
  const live = !options.json && process.stderr.isTTY === true && !process.env.CI;
  try {
    const dataset = await loadDataset(config.dataset, { signal, onProgress: createDownloadView({ live }) });
    if (!options.json) announce(config, dataset);
    const show = options.json ? writeJson : createTrainingView({ live });
    const started = performance.now();
    const { force, smoothing } = options;
    for await (const event of runExperiment({ config, dataset, out, force, smoothing, signal })) {
      if (event.type !== 'written') show(event);
      else if (options.json) writeJson(event);
      else finish(event, (performance.now() - started) / 1000);
      if (event.type === 'end' && event.reason === 'aborted') interrupted(out);
      if (event.type === 'end' && !options.json && event.reason !== 'aborted') tellEnd(event);
    }
  } finally {
    stopListening();
  }
}

function announce({ recipe, dataset: { name } }: ExperimentConfig, { train, validation }: Dataset): void {
  const { height, width, channels } = train.shape;
  const size = `${height} x ${width}${channels === 1 ? '' : ` x ${channels}`}`;
  talk(`${paint('bold', recipe)} on ${paint('bold', name)}`);
  talk(paint('dim', `${formatCount(train.count)} training and ${formatCount(validation.count)} validation images of ${size}`));
}

function tellEnd({ history, epoch, reason }: Extract<ExperimentEvent, { type: 'end' }>): void {
  const kept = history.find((row) => row.epoch === epoch);
  const early = reason === 'stoppedEarly' ? ', stopped early' : '';
  talk(`Kept epoch ${epoch} of ${history.length}${early}: validation loss ${formatLoss(kept?.valLoss ?? Number.NaN)}`);
}

function finish({ directory, figures }: Extract<ExperimentEvent, { type: 'written' }>, seconds: number): void {
  for (const figure of figures) {
    if ('missing' in figure) talk(paint('dim', `No figure '${figure.name}': ${figure.missing}`));
  }
  talk(`${paint('green', 'Done')} in ${formatDuration(seconds)}. Open ${paint('bold', join(directory, 'report.html'))}`);
  process.stdout.write(`${directory}\n`);
}

function interrupted(out: string): void {
  talk(`Interrupted. The checkpoint and the model so far are in ${out}`);
  process.exitCode = INTERRUPTED;
}

function writeJson(event: ExperimentEvent): void {
  const row = jsonRow(event);
  if (row) process.stdout.write(`${JSON.stringify(row)}\n`);
}

/** Ctrl-C asks to stop after the batch under way; a second one ends at once. */
function abortOnInterrupt() {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    talk('\nStopping after this batch; press Ctrl-C again to quit at once.');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const stopListening = () => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
  return { signal: controller.signal, stopListening };
}

function timestamp(date: Date): string {
  return date.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
}
