import { describeShape, type ImageSet, LatentkitError } from '@latentkit/core';
import { limitImages, splitImages } from '@latentkit/datasets';
import {
  hasImagesOf,
  type LoadDatasetOptions,
  type LoadedRun,
  loadDataset,
  readImages,
  readLabels,
} from '@latentkit/experiment/node';
import { datasetConfig } from './dataset-config.ts';

/** Whose images a run's model is to encode. */
export interface RunImagesOptions {
  /** Instead of the run's. */
  dataset?: string;
  dataDir?: string;
  /** A file of images instead: those that the run was made with, or others. */
  data?: string;
  /** Of each image of that file. */
  labels?: string;
}

/** Images, their classes, and what they are, for a headline: 'validation images of digits'. */
export interface RunImages {
  readonly set: Pick<ImageSet, 'shape' | 'count' | 'images'>;
  readonly labels?: ArrayLike<number>;
  readonly classNames?: readonly string[];
  readonly title: string;
}

export type ReadingOptions = LoadDatasetOptions & { onNote: (note: string) => void };

/**
 * The images of a run that it did not learn from, or others in their place.
 *
 * @throws `E_USAGE` where the run's are of no dataset, and nobody says where they are; `E_SHAPE` for images of another size
 * than its model's; what loading them throws.
 */
export async function readRunImages(
  run: LoadedRun,
  path: string,
  options: RunImagesOptions,
  { onNote, ...loading }: ReadingOptions,
): Promise<RunImages> {
  const images =
    options.data === undefined
      ? await loadRunDataset(run, path, options, loading)
      : await readOwnImages(run, { file: options.data, labelFile: options.labels }, onNote);
  const [expected, got] = [run.spec.image, images.set.shape].map(describeShape);
  if (expected === got) return images;
  throw new LatentkitError(
    'E_SHAPE',
    `${path}: its model is of images of ${expected}, got ${images.title}, which are ${got}`,
  );
}

async function loadRunDataset(
  run: LoadedRun,
  path: string,
  options: RunImagesOptions,
  loading: LoadDatasetOptions,
): Promise<RunImages> {
  const config = datasetConfig(run.config.dataset, options);
  if (config.name === 'arrays') throw whereAreThey(run, path);
  const { name, test, validation, classNames } = await loadDataset(config, loading);
  const set = test ?? validation;
  const title = `${test ? 'test' : 'validation'} images of ${name}`;
  return { set, labels: set.labels, classNames, title };
}

function whereAreThey({ data }: LoadedRun, path: string): LatentkitError {
  const count = (images: number, what: string) => `${images.toLocaleString('en-US')} ${what}`;
  const which = data
    ? `: ${count(data.train.count, 'training')} and ${count(data.validation.count, 'validation')} images of ${describeShape(data.train.shape)} ('${data.name}')`
    : '';
  return new LatentkitError('E_USAGE', `${path}: the run was made with images of your own${which}`, {
    fix: 'Give their file with --data FILE.npy, or encode others by --dataset',
  });
}

/** The part of a file's images that the run was judged by, known by its fingerprint; all of them where none is. */
async function readOwnImages(
  { data: known, config }: LoadedRun,
  { file, labelFile }: { file: string; labelFile: string | undefined },
  onNote: (note: string) => void,
): Promise<RunImages> {
  const whole = await readImages(file);
  const classes = labelFile === undefined ? undefined : await readLabels(labelFile, { onNote });
  if (classes && classes.labels.length !== whole.count) {
    throw new LatentkitError(
      'E_SHAPE',
      `project: expected a label for each of ${whole.count} images, got ${classes.labels.length} in ${labelFile}`,
    );
  }
  const part = known && findPart(whole, known, classes?.labels, config.dataset);
  if (known && !part) {
    const orSplit = classes ? '' : ', or in another split, which --labels may decide';
    onNote(`${file} holds other images than the run was made with${orSplit}: all of them are encoded`);
  }
  const { set, name } = part ?? { set: whole, name: 'images' };
  const at = set.factors?.values;
  return {
    set,
    labels: classes && (at ? Int32Array.from(at, (i) => classes.labels[i]!) : classes.labels),
    classNames: classes?.names,
    title: `${name} of ${file}`,
  };
}

/** Those of a run among the images of a file: the file may hold a part of them, or all, to be split as they were. */
function findPart(
  whole: ImageSet,
  { train, validation }: NonNullable<LoadedRun['data']>,
  labels: Int32Array | undefined,
  { limit = whole.count, validation: validationCount }: LoadedRun['config']['dataset'],
): { set: ImageSet; name: string } | undefined {
  if (hasImagesOf(validation, whole)) return { set: whole, name: 'validation images' };
  if (hasImagesOf(train, whole)) return { set: whole, name: 'training images' };
  if (whole.count < 2) return undefined;
  // Which image is which is told by a factor, as labels decide the split where there are some.
  const numbered = {
    ...whole,
    factors: {
      names: ['index'],
      sizes: [0],
      values: Float32Array.from({ length: whole.count }, (_, i) => i),
    },
  };
  const classes = labels?.every((label) => label >= 0) ? Uint32Array.from(labels) : undefined;
  // With a count the limit came before the split, without one after it.
  const split = (all: ImageSet) =>
    splitImages(validationCount === undefined ? all : limitImages(all, limit), { validationCount });
  const splits = [split(numbered), ...(classes ? [split({ ...numbered, labels: classes })] : [])];
  const set = splits
    .map((parts) => limitImages(parts.validation, validation.count))
    .find((part) => hasImagesOf(validation, part));
  return set && { set, name: 'validation images' };
}
