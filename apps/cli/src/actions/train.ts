import { dirname } from 'node:path';
import type { Dataset, Examples } from '@latentkit/core';
import type { ExperimentConfig } from '@latentkit/experiment';
import { tableColumnsOf } from '@latentkit/experiment/config';
import {
  checkRunData,
  checkRunDirectory,
  type ImageFiles,
  type LoadDatasetOptions,
  loadDataset,
  runExperiment,
} from '@latentkit/experiment/node';
import { quoteArgument } from '@latentkit/terminal';
import type { RunOptions } from '../options.ts';
import { inFolder, makeDatedFolder, makeOutFolder } from '../out-folder.ts';
import { checkImages, type TrainSource } from '../train-source.ts';
import { type WatchOptions, watchTraining } from './watch-training.ts';

export interface TrainCommandOptions extends RunOptions, WatchOptions {
  out?: string;
  force?: boolean;
  resume?: string;
  from?: string;
}

/** Trains, and writes the run directory. */
export async function runTraining(
  config: ExperimentConfig,
  { out: chosen, force, ...options }: TrainCommandOptions,
  source?: TrainSource,
): Promise<void> {
  if (chosen !== undefined) {
    const fix = `Choose another folder with --out, go on with it by --resume ${quoteArgument(chosen)}, or replace it with --force`;
    await checkRunDirectory(chosen, { force, fix });
  }
  const files = imageFilesOf(options);
  const leaves = 'Stopped before training began; nothing was written.';
  await watchTraining(watchOptionsOf(options), leaves, (watch) =>
    inFolder(chosen === undefined ? makeDatedFolder(config.recipe) : makeOutFolder(chosen), (out) =>
      watch({
        ...{ config, out, files },
        load: async (loading) => {
          const dataset = await loadData(config, options, { ...files, strict: options.strict, ...loading });
          if (source) checkImages(source, dataset);
          return dataset;
        },
        events: (dataset, run) =>
          runExperiment({ ...run, config, dataset, out, force, ...(source && { weights: source.weights }) }),
      }),
    ),
  );
}

export function watchOptionsOf({
  json,
  smoothing,
  workers,
  eager,
  checkpointMinutes,
  tensorboard,
  preview,
}: TrainCommandOptions): WatchOptions {
  return { json, smoothing, workers, eager, checkpointMinutes, tensorboard, preview };
}

export function imageFilesOf({ data, labels, validationData, validationLabels }: RunOptions): ImageFiles {
  return { data, labels, validationData, validationLabels };
}

/** The config's dataset, or images of one's own; those of a run whose config is used must be that run's. */
async function loadData(
  { dataset: wanted, model }: ExperimentConfig,
  { config: path }: RunOptions,
  loading: ImageFiles & LoadDatasetOptions,
): Promise<Dataset<Examples>> {
  const dataset = await loadDataset(wanted, { ...loading, columns: tableColumnsOf(model) });
  if (loading.data !== undefined && path !== undefined) await checkRunData(dirname(path), dataset);
  return dataset;
}
