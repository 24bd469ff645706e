import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ImageSet, LatentkitError } from '@latentkit/core';
import { limitImages } from '@latentkit/datasets';
import {
  type LoadDatasetOptions,
  loadDataset,
  loadRun,
  readLabels,
  readVectors,
} from '@latentkit/experiment/node';
import type { Points } from '@latentkit/projections';
import { datasetConfig } from './dataset-config.ts';

/** Where vectors come from, as flags say. */
export interface ProjectSource {
  dataset?: string;
  dataDir?: string;
  labels?: string;
  points?: number;
}

/** Vectors to project, and what is known of them. */
export interface ProjectInput {
  readonly points: Points;
  readonly labels?: ArrayLike<number>;
  readonly classNames?: readonly string[];
  /** What they are, for a headline. */
  readonly title: string;
  /** Where results go if nobody says. */
  readonly out: string;
}

const RUN_POINTS = 2000;

/**
 * Reads what `latentkit project` is given: the means of a run's test images, or the vectors of a file.
 *
 * @throws `E_NOT_FOUND` when there is neither; `E_USAGE` for flags that do not go with it; `E_SHAPE` for another number of
 * labels than vectors.
 */
export async function readProjectSource(
  path: string,
  options: ProjectSource,
  loading: LoadDatasetOptions,
): Promise<ProjectInput> {
  const found = await stat(path).catch(() => undefined);
  if (!found) {
    throw new LatentkitError('E_NOT_FOUND', `project: there is no ${path}`, {
      fix: 'Give a run directory, or a file that ends in .npy or .csv',
    });
  }
  return found.isDirectory() ? readRun(path, options, loading) : readFile(path, options);
}

async function readFile(path: string, { labels, points: most, dataset, dataDir }: ProjectSource) {
  if (dataset !== undefined || dataDir !== undefined) {
    throw new LatentkitError('E_USAGE', 'project: --dataset and --data-dir go with a run, not with a file');
  }
  const { rows, ...points } = await readVectors(path, { most, onNote });
  const all = labels === undefined ? undefined : await readLabels(labels, { onNote });
  if (all && all.length !== rows) {
    throw new LatentkitError(
      'E_SHAPE',
      `project: expected a label for each of ${rows} vectors, got ${all.length} in ${labels}`,
    );
  }
  const name = basename(path);
  return {
    ...{ points, labels: all?.subarray(0, points.count) },
    ...{ title: name, out: join('projections', name.replace(/\.[^.]*$/, '')) },
  };
}

async function readRun(path: string, options: ProjectSource, loading: LoadDatasetOptions) {
  if (options.labels !== undefined) {
    throw new LatentkitError('E_USAGE', 'project: --labels goes with a file; a run has those of its dataset');
  }
  const run = await loadRun(path);
  try {
    const dataset = await loadDataset(datasetConfig(run.config.dataset, options), loading);
    const set: ImageSet = limitImages(dataset.validation, options.points ?? RUN_POINTS);
    const { mean } = run.encode(set.images);
    return {
      points: { data: mean, count: set.count, dimensions: run.spec.latentDim },
      ...{ labels: set.labels, classNames: dataset.classNames },
      title: `${run.config.recipe}: codes of ${set.count.toLocaleString('en-US')} test images of ${dataset.name}`,
      out: join(path, 'projections'),
    };
  } finally {
    run.dispose();
  }
}
