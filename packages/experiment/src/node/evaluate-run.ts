import { createAccelerator } from '@latentkit/backend';
import {
  anything,
  checkOptions,
  checkValue,
  functionRule,
  type OptionRules,
  pathRule,
  seedRule,
  textRule,
} from '@latentkit/core/options';
import { limitImages } from '@latentkit/datasets';
import { type EvaluateModelOptions, evaluateModel, metricsNamed } from '@latentkit/evaluation';
import { digestSha256 } from '@latentkit/formats';
import type { RunEvaluation } from '../files/evaluation-file.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { readRunFile } from '../store/read-run-file.ts';
import type { LoadDatasetOptions } from './load-dataset.ts';
import { loadRun } from './load-run.ts';
import { IMAGES_RULES, loadRunImages, type RunImagesOptions } from './load-run-images.ts';
import { outliersOf } from './outliers-of.ts';
import { runFolder } from './run-folder.ts';
import { labelsFor } from './told-classes.ts';

/** What images of a run are looked at. */
export type EvaluatedImages = Pick<RunEvaluation, 'epoch' | 'of' | 'available' | 'images'>;

export interface EvaluateRunOptions
  extends RunImagesOptions,
    Pick<EvaluateModelOptions, 'metrics' | 'samples' | 'seed' | 'onMetric' | 'onProgress' | 'signal'> {
  /** Foreign images of the same size, to be told from these: a dataset's name, or a file or folder as training reads them. */
  outliers?: string;
  /** Of the images, the first so many; all by default. */
  limit?: number;
  /** Threads; as many as there are cores by default. The numbers are the same. */
  workers?: number;
  onDownload?: LoadDatasetOptions['onProgress'];
  /** Hears what will be measured, before it is. */
  onStart?: (of: EvaluatedImages) => void;
  /** Hears what the reader should know, a sentence each. */
  onNote?: (note: string) => void;
}

const RULES: OptionRules<EvaluateRunOptions> = {
  ...IMAGES_RULES,
  metrics: anything, // evaluateModel looks at both
  samples: anything,
  seed: seedRule,
  outliers: textRule,
  limit: anything, // limitImages looks at it
  workers: anything, // createAccelerator looks at it
  onMetric: functionRule,
  onProgress: functionRule,
  onStart: functionRule,
  onDownload: functionRule,
  onNote: functionRule,
};

/**
 * {@link evaluateModel} of a run directory: on its test images (validation images where it has no others), or on others.
 *
 * @throws as `loadRun`, `loadRunImages` and `evaluateModel`; `E_USAGE` for a conditional model and images without classes.
 * @example
 * const { metrics, of } = await evaluateRun('runs/first', { samples: 10 });
 * for (const { title, value, unit } of metrics) console.log(title, value, unit);
 */
export async function evaluateRun(
  directory: string,
  options: EvaluateRunOptions = {},
): Promise<RunEvaluation> {
  checkValue('evaluateRun', 'directory', directory, pathRule);
  checkOptions('evaluateRun', options, RULES);
  const {
    metrics,
    samples,
    seed,
    outliers,
    limit,
    workers,
    onMetric,
    onProgress,
    onStart,
    onDownload,
    onNote,
    signal,
    ...which
  } = options;
  if (Array.isArray(metrics)) metricsNamed(metrics); // a slip is told before anything is loaded
  const run = await loadRun(directory);
  const accelerator = await createAccelerator({ workers, onNote });
  try {
    const weights = await digestSha256(await readRunFile(runFolder(directory), RUN_FILES.weights));
    const images = await loadRunImages(run, directory, { ...which, onProgress: onDownload, onNote, signal });
    const set = limit === undefined ? images.set : limitImages(images.set, limit);
    const labels = images.labels && Array.from({ length: set.count }, (_, i) => images.labels![i]!);
    labelsFor(run, directory, labels);
    // A slip is told before anything is measured.
    const foreign =
      outliers === undefined
        ? undefined
        : await loadRunImages(run, directory, {
            ...(await outliersOf(outliers, {
              ordinary: which.data === undefined ? (which.dataset ?? run.config.dataset.name) : 'arrays',
              dataDir: which.dataDir,
            })),
            ...{ isWhole: true, onProgress: onDownload, signal },
          });
    const of = { epoch: run.epoch, of: images.title, available: images.set.count };
    onStart?.({ ...of, images: set.count });
    const seconds: Record<string, number> = {};
    const evaluation = await evaluateModel(run, set, {
      ...{ metrics, samples, seed, labels, classNames: images.classNames, accelerator, onProgress, signal },
      training: () =>
        loadRunImages(run, directory, { ...which, part: 'train', onProgress: onDownload, signal }),
      ...(foreign && { outliers: () => foreign }),
      onMetric(event) {
        seconds[event.metric.name] = event.seconds;
        onMetric?.(event);
      },
    });
    return { version: 1, recipe: run.config.recipe, weights, ...of, ...evaluation, seconds };
  } finally {
    run.dispose();
    await accelerator.close();
  }
}
