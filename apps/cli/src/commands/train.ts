import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Dataset } from '@latentkit/core';
import { DATASETS } from '@latentkit/datasets';
import { type ExperimentConfig, modelSpecOf } from '@latentkit/experiment';
import {
  checkRunData,
  checkRunDirectory,
  type LoadDatasetOptions,
  loadDataset,
  readArraysDataset,
  runExperiment,
} from '@latentkit/experiment/node';
import { createModel } from '@latentkit/models';
import { createDownloadView, exampleHelp, parseNumber, runCommand, talk } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import { addRunOptions, type RunOptions } from '../options.ts';
import { inFolder, makeDatedFolder, makeOutFolder } from '../out-folder.ts';
import { showJson } from '../output/json-rows.ts';
import { createTrainingView } from '../output/training-view.ts';
import { programName } from '../program-name.ts';
import { resolveConfig } from '../resolve-config.ts';

interface TrainCommandOptions extends RunOptions {
  out?: string;
  force?: boolean;
  json?: boolean;
  smoothing?: number;
  workers?: number;
  eager?: boolean;
}

/** `latentkit train`: trains a recipe on a dataset and writes a run directory with figures and a report. */
export function trainCommand(): Command {
  const { count, workers } = parseNumber;
  return addRunOptions(new Command('train'))
    .description('Train a model and write a run directory with figures and report.html.')
    .addOption(new Option('--workers <n>', 'threads to train on (default: all cores)').argParser(workers))
    .option('--eager', 'train step by step on one thread: slower, the same weights')
    .optionsGroup('Output:')
    .option('--out <dir>', 'run directory (default: runs/<time>-<recipe>)')
    .option('--force', 'replace a run that is there, once an epoch is done')
    .addOption(
      new Option(
        '--smoothing <n>',
        "epochs of the loss curves' moving average (default: 7 from 21 epochs on)",
      ).argParser(count),
    )
    .option('--json', 'write events to stdout as NDJSON')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --recipe keras-dense --limit 5000 --epochs 2',
        'train --limit 2000 --epochs 2 --beta 2 --json',
      ]),
    )
    .action(runTraining);
}

async function runTraining({
  out: chosen,
  force,
  json = false,
  smoothing,
  workers,
  eager,
  ...options
}: TrainCommandOptions) {
  const config = await resolveConfig(options);
  checkModel(config);
  if (chosen !== undefined) {
    const fix = 'Choose another folder with --out, or replace that run with --force';
    await checkRunDirectory(chosen, { force, fix });
  }
  /** "Stopping": then no whole run may come of it. */
  let wasTold = false;
  /** What is left to do is short, and done in spite of a Ctrl-C. */
  let isTrained = false;
  const onStop = (byUser: boolean) => {
    if (isTrained) talk('Training is done: writing figures and report. Press Ctrl-C again to quit at once.');
    else if (byUser) talk('Stopping; press Ctrl-C again to quit at once.');
    else talk('Nobody reads the output any more: stopping.');
    wasTold = !isTrained;
  };
  const leaves = 'Stopped before training began; nothing was written.';
  await runCommand({ json, leaves, onStop }, ({ line, signal, note, stopped }) =>
    inFolder(chosen === undefined ? makeDatedFolder(config.recipe) : makeOutFolder(chosen), async (out) => {
      const dataset = await loadData(config, options, { signal, onProgress: createDownloadView(line) });
      await setImmediate(); // a Ctrl-C may have come while the digits were drawn
      signal.throwIfAborted();
      const show = json ? showJson : createTrainingView({ config, shape: dataset.train.shape, line });
      const run = { config, dataset, out, force, smoothing, workers, eager, signal };
      let wasStopped = false;
      let isDiscarded = false;
      for await (const event of runExperiment({ ...run, onNote: note })) {
        show(event);
        if (event.type === 'epoch') isTrained = event.epoch === config.training.epochs;
        if (event.type === 'end') {
          isTrained = true;
          wasStopped = wasTold || event.reason === 'aborted';
          if (wasTold && event.reason !== 'aborted') break; // it ended by itself just then: no figures, as was said
        }
        if (event.type === 'discarded') isDiscarded = true;
      }
      if (!wasStopped) return;
      stopped(
        isDiscarded
          ? `Stopped before an epoch was done. The run that was in ${out} is as it was.`
          : `Stopped. The checkpoint and the model so far are in ${out}`,
      );
    }),
  );
}

/** Before anything is downloaded: a model that cannot be, or is too large. */
function checkModel(config: ExperimentConfig): void {
  const dataset = DATASETS.find(({ name }) => name === config.dataset.name);
  if (dataset) createModel(modelSpecOf(config, dataset.shape));
}

/** The config's dataset, or images of one's own; those of a run whose config is used must be that run's. */
async function loadData(
  { dataset: wanted }: ExperimentConfig,
  { data, validationData, labels, validationLabels, config: path }: RunOptions,
  loading: LoadDatasetOptions,
): Promise<Dataset> {
  if (data === undefined) return loadDataset(wanted, loading);
  const { limit, validation: validationCount } = wanted;
  const dataset = await readArraysDataset(data, {
    ...{ validation: validationData, labels, validationLabels, limit, validationCount },
  });
  if (path !== undefined) await checkRunData(dirname(path), dataset);
  return dataset;
}
