import { createAccelerator } from '@latentkit/backend';
import {
  anything,
  checkOptions,
  checkValue,
  functionRule,
  type OptionRules,
  pathRule,
  seedRule,
} from '@latentkit/core/options';
import { limitImages } from '@latentkit/datasets';
import { digestSha256 } from '@latentkit/formats';
import { type EvaluateModelOptions, evaluateModel } from '../evaluation/evaluate-model.ts';
import type { RunEvaluation } from '../files/evaluation-file.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { readRunFile } from '../store/read-run-file.ts';
import type { LoadDatasetOptions } from './load-dataset.ts';
import { loadRun } from './load-run.ts';
import { IMAGES_RULES, labelsFor, loadRunImages, type RunImagesOptions } from './load-run-images.ts';
import { runFolder } from './run-folder.ts';

export interface EvaluateRunOptions
  extends RunImagesOptions,
    Pick<EvaluateModelOptions, 'samples' | 'seed' | 'onProgress' | 'signal'> {
  /** Of the images, the first so many; all by default. */
  limit?: number;
  /** Threads; as many as there are cores by default. The numbers are the same. */
  workers?: number;
  onDownload?: LoadDatasetOptions['onProgress'];
  /** Hears what the reader should know, a sentence each. */
  onNote?: (note: string) => void;
}

const RULES: OptionRules<EvaluateRunOptions> = {
  ...IMAGES_RULES,
  samples: anything,
  seed: seedRule,
  limit: anything, // limitImages looks at it
  workers: anything, // createAccelerator looks at it
  onProgress: functionRule,
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
  const { samples, seed, limit, workers, onProgress, onDownload, onNote, signal, ...which } = options;
  const run = await loadRun(directory);
  const accelerator = await createAccelerator({ workers, onNote });
  try {
    const weights = await digestSha256(await readRunFile(runFolder(directory), RUN_FILES.weights));
    const images = await loadRunImages(run, directory, { ...which, onProgress: onDownload, onNote, signal });
    const set = limit === undefined ? images.set : limitImages(images.set, limit);
    const labels = images.labels && Array.from({ length: set.count }, (_, i) => images.labels![i]!);
    labelsFor(run, directory, labels);
    const evaluation = await evaluateModel(run, set, {
      ...{ samples, seed, labels, classNames: images.classNames, accelerator, onProgress, signal },
    });
    return {
      ...{ version: 1, recipe: run.config.recipe, epoch: run.epoch, weights },
      ...{ of: images.title, available: images.set.count },
      ...evaluation,
    };
  } finally {
    run.dispose();
    await accelerator.close();
  }
}
