import { LatentkitError } from '@latentkit/core';
import {
  checkOptions,
  checkValue,
  functionRule,
  type OptionRules,
  pathRule,
  whole,
} from '@latentkit/core/options';
import { limitImages, readExamples } from '@latentkit/datasets';
import {
  encodeShownImages,
  parseShownImages,
  SHOWN_FILES,
  SHOWN_IMAGES_FILE,
} from '../files/shown-images.ts';
import type { NamedBytes } from '../store/move-run.ts';
import { readSummary } from '../store/read-summary.ts';
import { type LoadedRun, loadRun } from './load-run.ts';
import { IMAGES_RULES, type LoadRunImagesOptions, loadRunImages } from './load-run-images.ts';
import { runFolder } from './run-folder.ts';
import { labelsFor } from './told-classes.ts';

export interface ShowRunOptions extends Omit<LoadRunImagesOptions, 'isWhole'> {
  /** Of the images, the first so many; 2,000 by default, which is what a map can show at ease. */
  limit?: number;
}

const RULES: OptionRules<ShowRunOptions> = {
  ...IMAGES_RULES,
  onNote: functionRule,
  onProgress: functionRule,
  limit: whole(1),
};

const IMAGES = 2000;
/** Why images may not be at hand where nobody has said which. */
const NOT_AT_HAND = ['E_USAGE', 'E_NETWORK', 'E_NOT_FOUND'];

/**
 * The files that the lab opens a run by, to be put beside its page: the model, how it was trained, and images to make its map of.
 *
 * Unless the options name images, they are those that a run brings along which was taken out so before; where the run's own are
 * not at hand, they are left out with a note.
 *
 * @param directory the run's.
 * @throws as `loadRun`, `readRunRecord` and `loadRunImages`.
 * @example
 * for (const { name, bytes } of await showRun('runs/first')) await writeFile(join('site/run', name), bytes);
 */
export async function showRun(directory: string, options: ShowRunOptions = {}): Promise<NamedBytes[]> {
  checkValue('showRun', 'directory', directory, pathRule);
  checkOptions('showRun', options, RULES);
  const run = await loadRun(directory);
  try {
    const folder = runFolder(directory);
    // The page reads the small files, too: what it would refuse is told here.
    await readSummary(folder);
    const brought =
      options.limit === undefined && !isAsked(options) ? await folder.read(SHOWN_IMAGES_FILE) : undefined;
    if (brought) parseShownImages(brought, SHOWN_IMAGES_FILE);
    const images = brought ?? (await imagesOf(run, directory, options));
    const found: NamedBytes[] = [];
    for (const name of SHOWN_FILES) {
      if (name === SHOWN_IMAGES_FILE) continue; // made here
      const bytes = await folder.read(name);
      if (bytes) found.push({ name, bytes });
    }
    return images ? [...found, { name: SHOWN_IMAGES_FILE, bytes: images }] : found;
  } finally {
    run.dispose();
  }
}

function isAsked({ dataset, dataDir, data, part }: ShowRunOptions): boolean {
  return [dataset, dataDir, data, part].some((one) => one !== undefined);
}

async function imagesOf(
  run: LoadedRun,
  directory: string,
  { limit = IMAGES, ...options }: ShowRunOptions,
): Promise<Uint8Array | undefined> {
  try {
    const { set, labels, classNames, title, learnedFrom } = await loadRunImages(run, directory, options);
    labelsFor(run, directory, labels);
    const { labels: _, factors: __, ...few } = await readExamples(limitImages(set, limit));
    const classes =
      labels &&
      classesOf(
        Array.from({ length: few.count }, (_, i) => labels[i]!),
        classNames,
      );
    return encodeShownImages({
      set: { ...few, ...(classes && { labels: classes.labels }) },
      ...{ of: title, learnedFrom },
      classNames: classes?.names,
    });
  } catch (error) {
    if (isAsked(options) || !(error instanceof LatentkitError) || !NOT_AT_HAND.includes(error.code))
      throw error;
    options.onNote?.(`shown without images: ${error.message}`);
    return undefined;
  }
}

/** Images without a class are one of their own. */
function classesOf(
  labels: readonly number[],
  names: readonly string[] | undefined,
): { labels: Uint32Array; names: readonly string[] | undefined } {
  if (labels.every((label) => label >= 0)) return { labels: Uint32Array.from(labels), names };
  const known = names ?? Array.from({ length: 1 + Math.max(...labels) }, (_, label) => String(label));
  return {
    labels: Uint32Array.from(labels, (label) => (label >= 0 ? label : known.length)),
    names: [...known, 'no class'],
  };
}
