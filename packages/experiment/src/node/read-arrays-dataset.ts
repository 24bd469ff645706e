import { checkExamples, type Dataset, describeShape, type ImageSet, LatentkitError } from '@latentkit/core';
import { anything, checkOptions, type OptionRules } from '@latentkit/core/options';
import { holdOut, limitDataset, limitImages, splitImages, toLabels } from '@latentkit/datasets';
import { readLabels, readTable } from './read-vectors.ts';

export interface ArraysDatasetOptions {
  /** A file of the images to judge by; without it a tenth of the others is, as `fromArrays` chooses them. */
  validation?: string;
  /** Use the first so many training images, and a proportional part of the others. */
  limit?: number;
  /** A file of the images' classes, numbers or names, as `readLabels` reads it. */
  labels?: string;
  /** The same of the images to judge by. */
  validationLabels?: string;
  /** How many images to choose the epoch by; with a file to judge by, that is for testing then. */
  validationCount?: number;
}

const RULES: OptionRules<ArraysDatasetOptions> = {
  validation: anything,
  limit: anything,
  labels: anything,
  validationLabels: anything,
  validationCount: anything,
};

/**
 * A dataset of images of one's own: `.npy` files of `[count, height, width]` or `[count, height, width, channels]`, bytes
 * (0 to 255) or floats (0 to 1, or any numbers for a likelihood that reads such).
 *
 * @throws `E_NOT_FOUND`, `E_FORMAT` for files that cannot be read; `E_SHAPE`, `E_RANGE`, `E_NOT_FINITE` for what are no images.
 * @example
 * const dataset = await readArraysDataset('faces.npy');
 */
export async function readArraysDataset(path: string, options: ArraysDatasetOptions = {}): Promise<Dataset> {
  checkOptions('readArraysDataset', options, RULES);
  const { validation: validationPath, limit, validationCount, labels, validationLabels } = options;
  const { classNames, ...train } = await readExamples(path, labels);
  const named = { name: 'arrays', ...(classNames && { classNames }) };
  if (validationPath === undefined) {
    if (validationCount === undefined) return limitDataset({ ...named, ...splitImages(train) }, limit);
    const used = limitImages(train, limit ?? train.count);
    return { ...named, ...splitImages(used, { validationCount }) };
  }
  const { classNames: _, ...validation } = await readExamples(validationPath, validationLabels, classNames);
  const [expected, got] = [train.shape, validation.shape].map(describeShape);
  if (expected !== got) {
    throw new LatentkitError('E_SHAPE', `${validationPath}: expected images of ${expected}, got ${got}`);
  }
  const dataset = limitDataset({ ...named, train, validation }, limit);
  return validationCount === undefined ? dataset : holdOut(dataset, validationCount);
}

/**
 * The images of an `.npy` file of `[count, height, width]` or `[count, height, width, channels]`, all of them in one set.
 *
 * @throws as {@link readArraysDataset}.
 * @example
 * const { images, count, shape } = await readImages('faces.npy');
 */
export async function readImages(path: string): Promise<ImageSet> {
  const { shape: axes, data } = await readTable(path);
  const [count = 0, height = 0, width = 0, channels = 1] = axes;
  if (axes.length !== 3 && axes.length !== 4) {
    throw new LatentkitError(
      'E_SHAPE',
      `${path}: expected images, an array of [count, height, width] or [count, height, width, channels], got the shape [${axes.join(', ')}]`,
      axes.length === 2 ? { fix: reshaping(axes[1]!) } : {},
    );
  }
  const images = data instanceof Uint8Array ? data : Float32Array.from(data);
  const set = { images, count, shape: { height, width, channels } };
  checkExamples(path, set, { anyData: true });
  return set;
}

/** What makes images of rows of numbers. */
function reshaping(numbers: number): string {
  const side = Math.sqrt(numbers);
  const line = `rows.reshape(-1, 1, ${numbers})`;
  return Number.isInteger(side) && side > 1
    ? `Say what a row shows: numpy.save('images.npy', rows.reshape(-1, ${side}, ${side})), or ${line} where it is no picture`
    : `Say what a row shows, its height and width; where it is no picture: numpy.save('images.npy', ${line})`;
}

/** Images and their classes; names are numbered as `known` has them, or else in their order. */
async function readExamples(
  path: string,
  labelFile: string | undefined,
  known?: readonly string[],
): Promise<ImageSet & { classNames?: readonly string[] }> {
  const set = await readImages(path);
  if (labelFile === undefined) return set;
  const { labels, names } = await readLabels(labelFile);
  const classNames = known ?? names;
  const numbers = known && names ? labels.map((label) => known.indexOf(names[label] ?? '')) : labels;
  const rules = { count: set.count, classes: classNames?.length, where: labelFile };
  return { ...set, labels: toLabels(numbers, rules), ...(classNames && { classNames }) };
}
