import { LatentkitError } from '@latentkit/core';
import { limitImages } from '@latentkit/datasets';
import { loadRun } from '@latentkit/experiment/node';
import { standardizePoints } from '@latentkit/projections';
import { formatCount } from '@latentkit/terminal';
import type { ProjectInput } from './project-input.ts';
import { type ReadingOptions, type RunImagesOptions, readRunImages } from './read-run-images.ts';

export interface RunSourceOptions extends RunImagesOptions {
  /** Uses the first so many. */
  points?: number;
  standardize?: boolean;
}

const RUN_POINTS = 2000;

/**
 * The means that a run's model encodes images to, those of each class as such where it is conditional.
 *
 * @throws `E_USAGE` for a conditional model where nobody says the classes; as `loadRun` and `readRunImages` do.
 */
export async function readRunCodes(
  path: string,
  { points, standardize = false, ...options }: RunSourceOptions,
  reading: ReadingOptions,
): Promise<ProjectInput> {
  const run = await loadRun(path);
  try {
    const { set, labels: all, classNames, title } = await readRunImages(run, path, options, reading);
    const { images, count } = limitImages(set, points ?? RUN_POINTS);
    const labels = all && Array.from({ length: count }, (_, i) => all[i]!);
    if (run.spec.condition && !labels) {
      throw new LatentkitError(
        'E_USAGE',
        `${path}: its model is conditional, and the images have no classes`,
        {
          fix: 'Give a class for each with --labels FILE',
        },
      );
    }
    const { mean } = run.encode(images, run.spec.condition && { label: labels });
    const size = { count, dimensions: run.spec.latentDim };
    return {
      points: standardize
        ? standardizePoints({ data: Float64Array.from(mean), ...size })
        : { data: mean, ...size },
      ...{ labels, classNames },
      title: `${run.config.recipe}: codes of ${formatCount(count)} ${title}`,
    };
  } finally {
    run.dispose();
  }
}
