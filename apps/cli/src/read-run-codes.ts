import { type Dataset, type ImageShape, LatentkitError } from '@latentkit/core';
import { limitImages } from '@latentkit/datasets';
import { type LoadDatasetOptions, type LoadedRun, loadDataset, loadRun } from '@latentkit/experiment/node';
import { standardizePoints } from '@latentkit/projections';
import { formatCount } from '@latentkit/terminal';
import { datasetConfig } from './dataset-config.ts';
import type { ProjectInput } from './project-input.ts';

export interface RunSourceOptions {
  /** Instead of the run's. */
  dataset?: string;
  dataDir?: string;
  /** Uses the first so many. */
  points?: number;
  standardize?: boolean;
}

const RUN_POINTS = 2000;

/**
 * The means that a run's model encodes images to: the test images of its dataset.
 *
 * @throws `E_SHAPE` for images of another size than the model's; what loading the run and its dataset throws.
 */
export async function readRunCodes(
  path: string,
  { points, standardize = false, ...options }: RunSourceOptions,
  loading: LoadDatasetOptions,
): Promise<ProjectInput> {
  const run = await loadRun(path);
  try {
    const dataset = await loadDataset(datasetConfig(run.config.dataset, options), loading);
    checkShape(run, dataset, path);
    const set = limitImages(dataset.validation, points ?? RUN_POINTS);
    const { mean } = run.encode(set.images, run.spec.condition && { label: set.labels });
    const size = { count: set.count, dimensions: run.spec.latentDim };
    return {
      points: standardize
        ? standardizePoints({ data: Float64Array.from(mean), ...size })
        : { data: mean, ...size },
      ...{ labels: set.labels, classNames: dataset.classNames },
      title: `${run.config.recipe}: codes of ${formatCount(set.count)} test images of ${dataset.name}`,
    };
  } finally {
    run.dispose();
  }
}

function checkShape({ spec }: LoadedRun, { name, validation }: Dataset, path: string): void {
  const [expected, got] = [spec.image, validation.shape].map(describe);
  if (expected === got) return;
  throw new LatentkitError(
    'E_SHAPE',
    `${path}: its model is of images of ${expected}, and those of ${name} are ${got}`,
  );
}

function describe({ height, width, channels }: ImageShape): string {
  return `${height} x ${width}${channels === 1 ? '' : ` x ${channels}`}`;
}
