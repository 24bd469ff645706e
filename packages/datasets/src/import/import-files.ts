import { type Dataset, type ImageSet, LatentkitError } from '@latentkit/core';
import { above, checkOptions, type OptionRules, seedRule, textRule, whole } from '@latentkit/core/options';
import { splitImages } from '../split-images.ts';
import { fitToTraining } from '../table/fit-to-training.ts';
import type { ImportedParts } from './gather-arrays.ts';
import { IMPORT_RULES, type ImportSetsOptions } from './import-options.ts';
import type { ImportReport } from './import-report.ts';
import { importSets } from './import-sets.ts';
import type { ImportFile } from './unpack-files.ts';

export interface ImportOptions extends ImportSetsOptions {
  /** What to call the dataset; by default the published one that it is, or `arrays`. */
  name?: string;
  /** Share of the images to choose the epoch by, where the files name none; a tenth by default. */
  validationFraction?: number;
  /** Share of the images to report on, where the files name none; none by default. */
  testFraction?: number;
  /** Fewest images of each part. */
  leastImages?: number;
  /** Decides which images those are. */
  seed?: number;
}

const RULES: OptionRules<ImportOptions> = {
  ...IMPORT_RULES,
  name: textRule,
  validationFraction: above(0, 1),
  testFraction: {
    ...above(0, 1),
    be: 'be a number from 0, below 1',
    fits: (value) => Number(value) >= 0 && Number(value) < 1,
  },
  leastImages: whole(1),
  seed: seedRule,
};

/**
 * A dataset of files of one's own: of images, arrays (NPY, NPZ, IDX), tables of an image a row (CSV), ZIPs and gzip files of
 * such. What a file is, is found by its content. Nothing is left out in silence: the report lists every file that was, and
 * whatever was guessed.
 *
 * Images are ordered by the code units of their paths; the folder is the class, and folders called `train`, `validation` and
 * `test` are parts. Where no parts are named, the same seed gives the same split everywhere; where a test set is named and no
 * validation set, it is both, as in MNIST. Pixels are brought to size and to grey in plain arithmetic, to the same bytes
 * wherever the decoder gives the same.
 *
 * @throws `E_NOT_FOUND` where there are no files; `E_FORMAT` where none is data, naming what they are, for a damaged archive,
 * array or table, and for two files of one name; `E_SHAPE` for images of several sizes where none is asked for, and arrays that are no images;
 * `E_LIMIT` beyond `limits`, before memory is taken; `E_RANGE` for too few images and options that cannot be; the signal's reason.
 * @example
 * const files = [{ name: 'cats/1.png', bytes }, { name: 'dogs/1.png', bytes: () => readFile('dogs/1.png') }];
 * const { dataset, report } = await importFiles(files, { decode, size: 28, channels: 1 });
 */
export async function importFiles(
  files: AsyncIterable<ImportFile> | Iterable<ImportFile>,
  options: ImportOptions = {},
): Promise<{ dataset: Dataset; report: ImportReport }> {
  checkOptions('importFiles', options, RULES);
  const { name, validationFraction, testFraction, leastImages, seed, ...reading } = options;
  const sets = await importSets(files, reading);
  const { classNames, report } = sets;
  const rules = { validationFraction, testFraction, leastImages, seed };
  const parts = fitToTraining(sets, (all) => split(all, rules));
  const dataset = {
    name: name ?? sets.name ?? 'arrays',
    ...parts,
    ...(classNames && { classNames }),
  };
  return { dataset, report };
}

type SplitRules = Pick<ImportOptions, 'validationFraction' | 'testFraction' | 'leastImages' | 'seed'>;

function split(
  { train: whole, validation, test }: ImportedParts,
  { validationFraction, testFraction = 0, leastImages = 1, seed = 0 }: SplitRules,
): Pick<Dataset, 'train' | 'validation' | 'test'> {
  const isJudgedByTest = !validation && test && validationFraction === undefined;
  const share = (fraction: number) => Math.max(leastImages, Math.round(whole.count * fraction));
  const tested = test || testFraction === 0 ? 0 : share(testFraction);
  const judged = validation || isJudgedByTest ? 0 : share(validationFraction ?? 0.1);
  const left = whole.count - tested - judged;
  if (left < leastImages || [validation, test].some((set) => set && set.count < leastImages)) {
    const counts = {
      train: Math.max(left, 0),
      validation: validation?.count ?? judged,
      test: test?.count ?? tested,
    };
    throw new LatentkitError(
      'E_RANGE',
      `importFiles: expected at least ${leastImages} image${leastImages === 1 ? '' : 's'} to learn from and as many to judge by, got ` +
        `${whole.count} (${counts.train} to learn from, ${counts.validation} to choose the epoch by, ${counts.test} to test)`,
      { fix: 'Give more images.' },
    );
  }
  const [rest, tests] = takeOut(whole, tested, seed);
  const [learned, judges] = takeOut(rest, judged, seed);
  const testSet = test ?? tests;
  return {
    train: learned,
    validation: validation ?? judges ?? testSet!,
    ...(testSet && { test: testSet }),
  };
}

/** A set without some of its images, and those. */
function takeOut(set: ImageSet, count: number, seed: number): [rest: ImageSet, taken: ImageSet | undefined] {
  if (count === 0) return [set, undefined];
  const { train, validation } = splitImages(set, { validationCount: count, seed });
  return [train, validation];
}
