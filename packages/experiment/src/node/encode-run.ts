import { createAccelerator } from '@latentkit/backend';
import {
  anything,
  checkOptions,
  checkValue,
  functionRule,
  type OptionRules,
  pathRule,
} from '@latentkit/core/options';
import { imagesBetween, limitImages } from '@latentkit/datasets';
import { codeSizeOf, openTrainedModel } from '@latentkit/models';
import type { RunCodes } from '../files/format-codes.ts';
import type { LoadDatasetOptions } from './load-dataset.ts';
import { loadRun } from './load-run.ts';
import { IMAGES_RULES, labelsFor, loadRunImages, type RunImagesOptions } from './load-run-images.ts';

export interface EncodeRunOptions extends RunImagesOptions {
  /** Of the images, the first so many; all by default. */
  limit?: number;
  /** What a conditional model is told of all of them, instead of their own classes. */
  label?: number;
  /** Threads; as many as there are cores by default. The codes are the same. */
  workers?: number;
  /** Hears how much is done, from 0 to 1. */
  onProgress?: (fraction: number) => void;
  onDownload?: LoadDatasetOptions['onProgress'];
  /** Hears what the reader should know, a sentence each. */
  onNote?: (note: string) => void;
  /** Stops between images. */
  signal?: AbortSignal;
}

const RULES: OptionRules<EncodeRunOptions> = {
  ...IMAGES_RULES,
  limit: anything, // limitImages looks at it
  label: anything, // encode looks at it
  workers: anything, // createAccelerator looks at it
  onProgress: functionRule,
  onDownload: functionRule,
  onNote: functionRule,
};

const IMAGES_AT_ONCE = 2000; // results do not depend on it

/**
 * The codes of a run's images, or of all that a file holds unless a part is asked for: means and, where the model has a posterior, logarithms of variances, `[images, latent]`.
 *
 * @throws as `loadRun`, `loadRunImages` and `encode`; `E_USAGE` for a conditional model and images without classes.
 * @example
 * const { mean, logVar, labels } = await encodeRun('runs/first', { limit: 1000 });
 */
export async function encodeRun(directory: string, options: EncodeRunOptions = {}): Promise<RunCodes> {
  checkValue('encodeRun', 'directory', directory, pathRule);
  checkOptions('encodeRun', options, RULES);
  const { limit, label, workers, onProgress, onDownload, onNote, signal, ...which } = options;
  const run = await loadRun(directory);
  const accelerator = await createAccelerator({ workers, onNote });
  try {
    const images = await loadRunImages(run, directory, {
      ...{ ...which, isWhole: which.part === undefined, onProgress: onDownload, onNote, signal },
    });
    const set = limit === undefined ? images.set : limitImages(images.set, limit);
    const latentDim = codeSizeOf(run.spec);
    const labels = images.labels && Int32Array.from({ length: set.count }, (_, i) => images.labels![i]!);
    const told = label === undefined ? labelsFor(run, directory, labels) : label;
    const model = await openTrainedModel(run.spec, run.weights, { accelerator });
    const mean = new Float32Array(set.count * latentDim);
    const logVar = new Float32Array(mean.length);
    let hasPosterior = true;
    let codes: Uint32Array | undefined;
    for (let first = 0; first < set.count; first += IMAGES_AT_ONCE) {
      const end = Math.min(set.count, first + IMAGES_AT_ONCE);
      const { images: some } = await imagesBetween(set, first, end);
      const made = await model.encode(some, {
        ...(told !== undefined && { label: typeof told === 'number' ? told : told.slice(first, end) }),
        ...(signal && { signal }),
      });
      mean.set(made.mean, first * latentDim);
      if (made.codes) {
        const vectors = made.codes.length / (end - first);
        codes ??= new Uint32Array(set.count * vectors);
        codes.set(made.codes, first * vectors);
      }
      if (made.logVar) logVar.set(made.logVar, first * latentDim);
      else hasPosterior = false;
      onProgress?.(end / set.count);
    }
    await model.dispose();
    const { classNames, title, places } = images;
    return {
      ...{ mean, ...(hasPosterior && { logVar }), ...(codes && { codes }), latentDim },
      ...{ ...(labels && { labels }), ...(classNames && { classNames }) },
      ...(places && { places: Array.from({ length: set.count }, (_, i) => places[i]!) }),
      ...{ recipe: run.config.recipe, of: title },
    };
  } finally {
    run.dispose();
    await accelerator.close();
  }
}
