import { pixelCount } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  flagRule,
  functionRule,
  type OptionRules,
  pathRule,
} from '@latentkit/core/options';
import { imagesBetween, limitImages } from '@latentkit/datasets';
import { codeSizeOf, openTrainedModel } from '@latentkit/models';
import type { RunCodes } from '../files/codes-table.ts';
import type { LoadDatasetOptions } from './load-dataset.ts';
import { IMAGES_RULES, loadRunImages, type RunImagesOptions } from './load-run-images.ts';
import { rowsOfShard, type Shard, shardRule } from './shard.ts';
import { classNumber, labelsFor } from './told-classes.ts';
import { withRun } from './with-run.ts';

export interface EncodeRunOptions extends RunImagesOptions {
  /** Of the images, the first so many; all by default. */
  limit?: number;
  /** Of these, one of some parts of equal size, which others encode: their rows in turn are those of all. */
  shard?: Shard;
  /** What a conditional model is told of all of them, instead of their own classes: a class, by its number or name. */
  label?: number | string;
  /** Also what the images' mean codes decode to, `reconstructions`. */
  reconstructions?: boolean;
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
  shard: shardRule,
  label: anything, // encode looks at it
  reconstructions: flagRule,
  workers: anything, // createAccelerator looks at it
  onProgress: functionRule,
  onDownload: functionRule,
  onNote: functionRule,
};

const IMAGES_AT_ONCE = 2000; // results do not depend on it

/**
 * The codes of a run's images, or of all that a file holds unless a part is asked for: means and, where the model has a posterior, logarithms of variances, `[images, latent]`.
 *
 * @throws as `loadRun`, `loadRunImages`, `classNumber` and `encode`; `E_USAGE` for a conditional model and images without classes.
 * @example
 * const { mean, logVar, labels } = await encodeRun('runs/first', { limit: 1000 });
 */
export async function encodeRun(directory: string, options: EncodeRunOptions = {}): Promise<RunCodes> {
  checkValue('encodeRun', 'directory', directory, pathRule);
  checkOptions('encodeRun', options, RULES);
  const { limit, shard, label, reconstructions: isDecoded, workers, ...more } = options;
  const { onProgress, onDownload, onNote, signal, ...which } = more;
  return withRun(directory, { workers, onNote }, async ({ run, accelerator }) => {
    const images = await loadRunImages(run, directory, {
      ...{ ...which, isWhole: which.part === undefined, onProgress: onDownload, onNote, signal },
    });
    const all = limit === undefined ? images.set : limitImages(images.set, limit);
    const [start, stop] = shard ? rowsOfShard('encodeRun', shard, all.count) : [0, all.count];
    const count = stop - start;
    const latentDim = codeSizeOf(run.spec);
    const labels = images.labels && Int32Array.from({ length: count }, (_, i) => images.labels![start + i]!);
    const told =
      label === undefined ? labelsFor(run, directory, labels) : await classNumber(label, () => images);
    const model = await openTrainedModel(run.spec, run.weights, { accelerator });
    const mean = new Float32Array(count * latentDim);
    const logVar = new Float32Array(mean.length);
    const size = pixelCount(run.spec.image);
    const decoded = isDecoded ? new Float32Array(count * size) : undefined;
    let hasPosterior = true;
    let codes: Uint32Array | undefined;
    for (let first = 0; first < count; first += IMAGES_AT_ONCE) {
      const end = Math.min(count, first + IMAGES_AT_ONCE);
      const { images: some } = await imagesBetween(all, start + first, start + end);
      const label =
        told === undefined ? {} : { label: typeof told === 'number' ? told : told.slice(first, end) };
      const made = await model.encode(some, { ...label, ...(signal && { signal }) });
      mean.set(made.mean, first * latentDim);
      decoded?.set(await model.decode(made.mean, label), first * size);
      if (made.codes) {
        const vectors = made.codes.length / (end - first);
        codes ??= new Uint32Array(count * vectors);
        codes.set(made.codes, first * vectors);
      }
      if (made.logVar) logVar.set(made.logVar, first * latentDim);
      else hasPosterior = false;
      onProgress?.(end / count);
    }
    await model.dispose();
    const { classNames, title, places } = images;
    return {
      ...{ mean, ...(hasPosterior && { logVar }), ...(codes && { codes }), latentDim },
      ...{ ...(labels && { labels }), ...(classNames && { classNames }) },
      ...(places && { places: Array.from({ length: count }, (_, i) => places[start + i]!) }),
      ...(decoded && { reconstructions: { shape: run.spec.image, images: decoded } }),
      ...(shard && { first: start }),
      ...{ recipe: run.config.recipe, of: title },
    };
  });
}
