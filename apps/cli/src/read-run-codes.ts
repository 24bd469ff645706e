import { limitImages, readExamples } from '@latentkit/datasets';
import {
  type LoadRunImagesOptions,
  labelsFor,
  loadRun,
  loadRunImages,
  type RunImagesOptions,
} from '@latentkit/experiment/node';
import { standardizePoints } from '@latentkit/projections';
import { formatCount } from '@latentkit/terminal';
import type { ProjectInput } from './project-input.ts';

/** Who hears of downloads and notes, and what stops them. */
export type ReadingOptions = Required<Pick<LoadRunImagesOptions, 'onNote'>> &
  Pick<LoadRunImagesOptions, 'onProgress' | 'signal'>;

export interface RunSourceOptions extends Omit<RunImagesOptions, 'part'> {
  /** Uses the first so many. */
  points?: number;
  standardize?: boolean;
}

const RUN_POINTS = 2000;

/**
 * The means that a run's model encodes images to, those of each class as such where it is conditional.
 *
 * @throws `E_USAGE` for a conditional model where nobody says the classes; as `loadRun` and `loadRunImages` do.
 */
export async function readRunCodes(
  path: string,
  { points, standardize = false, dataset, dataDir, data, labels: labelFile }: RunSourceOptions,
  reading: ReadingOptions,
): Promise<ProjectInput> {
  const run = await loadRun(path);
  try {
    const {
      set,
      labels: all,
      classNames,
      places,
      title,
    } = await loadRunImages(run, path, {
      ...{ dataset, dataDir, data, labels: labelFile },
      ...reading,
    });
    const { images, count } = await readExamples(limitImages(set, points ?? RUN_POINTS));
    const labels = all && Array.from({ length: count }, (_, i) => all[i]!);
    const label = labelsFor(run, path, labels);
    const { mean } = run.encode(images, label && { label });
    const size = { count, dimensions: run.spec.latentDim };
    return {
      points: standardize
        ? standardizePoints({ data: Float64Array.from(mean), ...size })
        : { data: mean, ...size },
      ...{ labels, classNames, ...(places && { places }) },
      title: `${run.config.recipe}: codes of ${formatCount(count)} ${title}`,
    };
  } finally {
    run.dispose();
  }
}
