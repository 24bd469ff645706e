import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Dataset } from '@latentkit/core';
import { type ExperimentConfig, withSinks } from '@latentkit/experiment';
import {
  checkRunData,
  checkRunDirectory,
  type LoadDatasetOptions,
  loadDataset,
  runExperiment,
} from '@latentkit/experiment/node';
import { createDownloadView, runCommand, talk } from '@latentkit/terminal';
import type { RunOptions } from '../options.ts';
import { inFolder, makeDatedFolder, makeOutFolder } from '../out-folder.ts';
import { showJson } from '../output/json-rows.ts';
import { createRunSinks, type SinkOptions } from '../output/run-sinks.ts';
import { createTrainingView } from '../output/training-view.ts';

export interface TrainCommandOptions extends RunOptions, SinkOptions {
  out?: string;
  force?: boolean;
  json?: boolean;
  smoothing?: number;
  workers?: number;
  eager?: boolean;
}

/** Trains, and writes the run directory. */
export async function runTraining(
  config: ExperimentConfig,
  {
    out: chosen,
    force,
    json = false,
    smoothing,
    workers,
    eager,
    tensorboard,
    preview,
    ...options
  }: TrainCommandOptions,
): Promise<void> {
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
      const { shape } = dataset.train;
      const show = json ? showJson : createTrainingView({ config, shape, line, tensorboard });
      const run = { config, dataset, out, force, smoothing, workers, eager, signal };
      const sinks = await createRunSinks({ tensorboard, preview }, { config, dataset, line, note });
      const onFailure = ({ message }: Error) => note(`${message}. The run goes on without it`);
      let wasStopped = false;
      let isDiscarded = false;
      for await (const event of withSinks(runExperiment({ ...run, onNote: note }), sinks, { onFailure })) {
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

/** The config's dataset, or images of one's own; those of a run whose config is used must be that run's. */
async function loadData(
  { dataset: wanted }: ExperimentConfig,
  { data, validationData, labels, validationLabels, config: path }: RunOptions,
  loading: LoadDatasetOptions,
): Promise<Dataset> {
  const dataset = await loadDataset(wanted, { data, validationData, labels, validationLabels, ...loading });
  if (data !== undefined && path !== undefined) await checkRunData(dirname(path), dataset);
  return dataset;
}
