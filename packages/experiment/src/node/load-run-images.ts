import { open, stat } from 'node:fs/promises';
import { describeShape, type Examples, type ImageSet, LatentkitError } from '@latentkit/core';
import {
  checkOptions,
  checkValue,
  flagRule,
  functionRule,
  having,
  type OptionRules,
  oneOf,
  pathRule,
  signalRule,
  textRule,
} from '@latentkit/core/options';
import { DATASETS } from '@latentkit/datasets';
import type { ImportedParts, ImportReport } from '@latentkit/datasets/import';
import { wordingFor } from '@latentkit/evaluation';
import type { ExperimentConfig } from '../config-schema.ts';
import { findRunPart, PARTS, type RunPart } from '../data/find-run-part.ts';
import { importNotes } from '../data/import-notes.ts';
import { FILE_HEAD_BYTES, isArrayHead, looksForModel } from '../data/looks-for-model.ts';
import { hasImagesOf } from '../files/data-fingerprint.ts';
import { tableColumnsOf } from '../model-spec-of.ts';
import type { LoadDatasetOptions } from './load-dataset.ts';
import type { LoadedRun } from './load-run.ts';
import { loadWhereItLay } from './load-run-dataset.ts';
import { openImages } from './read-arrays-dataset.ts';
import { readLabels } from './read-vectors.ts';

type DatasetConfig = ExperimentConfig['dataset'];

export type { RunPart };

/** Whose images a run's model is to look at. */
export interface RunImagesOptions {
  /** Instead of the run's. */
  dataset?: string;
  /** Where the dataset's files are, if not where the run was made. */
  dataDir?: string;
  /** A file of images instead: those that the run was made with, or others. */
  data?: string;
  /** Of each image of that file. */
  labels?: string;
  /** `'validation'` and `'train'` are the run's own; by default the whole test set, or the validation images where there is none. */
  part?: RunPart;
}

export interface LoadRunImagesOptions
  extends RunImagesOptions,
    Pick<LoadDatasetOptions, 'onProgress' | 'signal'> {
  /** Of a file that the run was made with all of it, in its order, and not the part that was judged by. */
  isWhole?: boolean;
  /** Hears what the reader should know of the images, a sentence each. */
  onNote?: (note: string) => void;
}

/** What can be said of a run's images, and a signal. */
export const IMAGES_RULES: OptionRules<RunImagesOptions & Pick<LoadRunImagesOptions, 'signal'>> = {
  dataset: textRule,
  dataDir: pathRule,
  data: pathRule,
  labels: pathRule,
  part: oneOf('test', 'validation', 'train'),
  signal: signalRule,
};

const RULES: OptionRules<LoadRunImagesOptions> = {
  ...IMAGES_RULES,
  isWhole: flagRule,
  onNote: functionRule,
  onProgress: functionRule,
};

/** Images, their classes, and what they are, for a headline: 'validation images of digits'. */
export interface RunImages<Set extends Examples = ImageSet> {
  readonly set: Set;
  /** Whole numbers from 0, and -1 for none. */
  readonly labels?: ArrayLike<number>;
  readonly classNames?: readonly string[];
  readonly title: string;
  /** What they are, and of what: 'validation images', and 'digits' or a file. */
  readonly what: string;
  readonly source: string;
  /** Of a file's: where each stands in it, from 0, where they are not all of it in its order. */
  readonly places?: ArrayLike<number>;
  /** Whether the model learned from them, as far as that is known. */
  readonly learnedFrom: boolean;
}

/**
 * The images of a run that it did not learn from, or others in their place.
 *
 * @param directory the run's, for messages.
 * @throws `E_USAGE` where the run's are of no dataset, and nobody says where they are, and for a part that there is not;
 * `E_SHAPE` for images of another size than its model's, or a wrong number of labels; what loading them throws.
 * @example
 * const run = await loadRun('runs/first');
 * const { set, title } = await loadRunImages(run, 'runs/first'); // title: 'validation images of digits'
 */
export async function loadRunImages(
  run: LoadedRun,
  directory: string,
  options?: LoadRunImagesOptions & { data?: undefined },
): Promise<RunImages>;
export async function loadRunImages(
  run: LoadedRun,
  directory: string,
  options?: LoadRunImagesOptions,
): Promise<RunImages<Examples>>;
export async function loadRunImages(
  run: LoadedRun,
  directory: string,
  options: LoadRunImagesOptions = {},
): Promise<RunImages<Examples>> {
  checkValue('loadRunImages', 'run', run, runRule);
  checkValue('loadRunImages', 'directory', directory, pathRule);
  checkOptions('loadRunImages', options, RULES);
  checkSources(options);
  const images =
    options.data === undefined
      ? await imagesOfDataset(run, directory, options)
      : await readOwnImages(run, { ...options, data: options.data });
  const [expected, got] = [run.spec.image, images.set.shape].map(describeShape);
  if (expected === got) return images;
  throw new LatentkitError(
    'E_SHAPE',
    `${directory}: its model is of images of ${expected}, got ${images.title}, which are ${got}`,
    { fix: 'Take images of that size, or a run that was trained on such' },
  );
}

const runRule = having('a loaded run', { spec: 'object', config: 'object' }, 'loadRun(directory) gives one');

function checkSources({ data, labels, dataset, dataDir }: LoadRunImagesOptions): void {
  if (data === undefined && labels !== undefined) {
    throw new LatentkitError('E_USAGE', 'labels go with a file of images (data): a dataset has its own');
  }
  if (data !== undefined && (dataset !== undefined || dataDir !== undefined)) {
    throw new LatentkitError('E_USAGE', 'a file of images (data) and a dataset both say which images', {
      fix: 'Give one of them',
    });
  }
}

async function imagesOfDataset(
  run: LoadedRun,
  directory: string,
  { part, onProgress, onNote, signal, ...options }: LoadRunImagesOptions,
): Promise<RunImages<Examples>> {
  const config = datasetConfig(run.config.dataset, options);
  if (config.name === 'arrays') throw whereAreThey(run, directory);
  const { limit: _, ...whole } = config;
  const isOwn = part === 'validation' || part === 'train'; // cut as the run's were
  const dataset = await loadWhereItLay(isOwn ? config : whole, directory, {
    ...{ onProgress, signal, judgesOnly: part !== 'train' },
    isSaid: options.dataDir !== undefined,
  });
  const chosen = part ?? (dataset.test ? 'test' : 'validation');
  const set = dataset[chosen];
  if (dataset.learnsFromJudges) onNote?.('the model learned from these images, too');
  if (set) {
    const { name, classNames } = dataset;
    const expected = isOwn && config.name === run.config.dataset.name ? run.data?.[chosen] : undefined;
    if (expected && !(await hasImagesOf(expected, set))) {
      throw new LatentkitError('E_USAGE', `${directory}: these are not the ${PARTS[chosen]} of the run`, {
        fix: 'Give the files that it was made with, or leave the part out',
      });
    }
    const learnedFrom = chosen === 'train' || dataset.learnsFromJudges === true;
    return {
      ...{ set, labels: set.labels, classNames, learnedFrom },
      ...{ title: `${PARTS[chosen]} of ${name}`, what: PARTS[chosen], source: name },
    };
  }
  throw new LatentkitError(
    'E_USAGE',
    `${directory}: ${dataset.name} has no test images; the run's epoch was chosen by its validation images`,
    { fix: 'Ask for the validation part, or for none' },
  );
}

function whereAreThey({ data, spec }: LoadedRun, path: string): LatentkitError {
  const count = (images: number, what: string) => `${images.toLocaleString('en-US')} ${what}`;
  const columns = tableColumnsOf(spec);
  const what = columns
    ? `rows of ${columns.length} columns`
    : `images of ${data ? describeShape(data.train.shape) : ''} ('${data?.name}')`;
  const which = data
    ? `: ${count(data.train.count, 'training')} and ${count(data.validation.count, 'validation')} ${what}`
    : '';
  const own = columns ? 'a table' : 'images';
  return new LatentkitError('E_USAGE', `${path}: the run was made with ${own} of your own${which}`, {
    fix: columns
      ? 'Give its file with --data FILE'
      : 'Give their file or folder with --data PATH, or encode others by --dataset',
  });
}

/** The part of a file's images that the run was judged by, known by its fingerprint; all of them where none is. */
async function readOwnImages(
  run: LoadedRun,
  {
    data: file,
    labels: labelFile,
    part: wanted,
    isWhole = false,
    onNote,
    signal,
  }: LoadRunImagesOptions & {
    data: string;
  },
): Promise<RunImages<Examples>> {
  const { data: known, config } = run;
  const say = wordingFor(run.spec);
  const onImport = (report: ImportReport) => {
    for (const note of importNotes(report, file)) onNote?.(note);
  };
  const {
    parts,
    classNames,
    rows: kept,
  } = await openImages(file, { ...looksForModel(run, { isArray: await isArray(file) }), onImport, signal });
  const inTurn = (['test', 'validation', 'train'] as const).filter((part) => parts[part] !== undefined);
  const sets = inTurn.map((part) => parts[part]!);
  const whole = sets[0]!; // that of a file without parts is one to learn from
  const classes = labelFile === undefined ? undefined : await readLabels(labelFile, { onNote });
  if (classes && classes.labels.length !== whole.count) {
    throw new LatentkitError(
      'E_SHAPE',
      `${labelFile}: expected a label for each of the ${whole.count} images of ${file}, got ${classes.labels.length}`,
    );
  }
  let [found, foundIn]: [Awaited<ReturnType<typeof findRunPart>>, keyof ImportedParts] = [
    undefined,
    inTurn[0]!,
  ];
  for (const part of classes ? inTurn.slice(0, 1) : inTurn) {
    const set = parts[part]!;
    const labels = classes?.labels ?? set.labels;
    if (!known || found) break;
    found = await findRunPart(set, known, { labels, wanted, config: config.dataset });
    if (found) foundIn = part;
  }
  const orSplit = classes ? '' : ', or in another split, which --labels may decide';
  if (!found && wanted) {
    throw new LatentkitError('E_USAGE', `${file} does not hold the run's ${say(PARTS[wanted])}${orSplit}`, {
      fix: say('Leave the part out: all images of the file are looked at then'),
    });
  }
  const looked = sets.length > 1 ? `its ${inTurn[0]} part is` : 'all of them are';
  if (known && !found) {
    onNote?.(
      `${file} holds other ${say('images')} than the run was made with${orSplit}: ${looked} looked at`,
    );
  } else if (found && isWhole && !(foundIn === inTurn[0] && found.set.count === whole.count)) {
    const among =
      sets.length > 1
        ? ''
        : ', those that it learned from among them, which are more ordinary to it than new ones';
    onNote?.(`the run was made with ${file}: ${looked} looked at${among}`);
    [found, foundIn] = [undefined, inTurn[0]!];
  }
  const { set, name, places: at } = found ?? { set: whole, name: 'images' };
  const rows = kept?.[foundIn];
  const places = rows && at ? Array.from(at, (i) => rows[i]!) : (rows ?? at);
  return {
    set,
    labels: classes ? (at ? Int32Array.from(at, (i) => classes.labels[i]!) : classes.labels) : set.labels,
    classNames: classes ? classes.names : classNames,
    title: `${say(name)} of ${file}`,
    what: say(name),
    source: file,
    ...(places && { places }),
    learnedFrom: name === PARTS.train,
  };
}

/** Whether a path is a file of an array or a table; a folder is none, and what is not there. */
async function isArray(path: string): Promise<boolean> {
  const isFile = (await stat(path).catch(() => undefined))?.isFile(); // a pipe would wait
  const file = isFile ? await open(path).catch(() => undefined) : undefined;
  try {
    const { bytesRead, buffer } = (await file?.read(new Uint8Array(FILE_HEAD_BYTES))) ?? {};
    return isArrayHead(buffer!.subarray(0, bytesRead));
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}

/** A run's dataset, or what flags put in its place; its folder and how it was cut belong to the one it names. */
function datasetConfig(own: DatasetConfig, flags: { dataset?: string; dataDir?: string }): DatasetConfig {
  const name = flags.dataset === undefined ? own.name : known(flags.dataset);
  const { dataDir, ...cut } = name === own.name ? own : { name };
  const folder = flags.dataDir ?? dataDir;
  return { ...cut, name, ...(folder !== undefined && { dataDir: folder }) } as DatasetConfig;
}

function known(name: string): DatasetConfig['name'] {
  const found = DATASETS.find((entry) => entry.name === name);
  if (found) return found.name;
  throw new LatentkitError('E_UNKNOWN_NAME', `there is no dataset '${name}'`, {
    fix: `Datasets: ${DATASETS.map((entry) => entry.name).join(', ')}`,
  });
}
