import type { Examples } from '@latentkit/core';
import { anything, checkOptions, checkValue, having, needed, oneOf } from '@latentkit/core/options';
import { fewerImages, splitImages, toLabels } from '@latentkit/datasets';
import type { ExperimentConfig } from '../config-schema.ts';
import { type DataFingerprint, hasImagesOf } from '../files/data-fingerprint.ts';

/** What part of a dataset images are. */
export type RunPart = 'test' | 'validation' | 'train';

/** The parts in words; `wordingFor` says them of a table. */
export const PARTS = {
  test: 'test images',
  validation: 'validation images',
  train: 'training images',
} as const;

export interface FindRunPartOptions {
  /** Of the file's images: they decide a split. */
  labels: ArrayLike<number> | undefined;
  /** The part to look for; by default that which the run was judged by. */
  wanted?: RunPart | undefined;
  /** The run's dataset: how it was cut. */
  config: ExperimentConfig['dataset'];
}

/** A part of a run. */
export interface FoundRunPart {
  readonly set: Examples;
  readonly part: RunPart;
  /** `'validation images'`. */
  readonly name: string;
  /** Where each stands in the file, from 0. */
  readonly places: ArrayLike<number>;
}

const setRule = having('a set of images', { shape: 'object', count: 'number' });
const knownRule = having("a run's data.json", { train: 'object', validation: 'object' });
const configRule = having("a run's dataset", { name: 'string' });

/**
 * Those of a run among the images of a file, known by their fingerprint: the file may hold a part of them, or all, to be split as they were.
 *
 * @param known the run's `data.json`.
 * @returns undefined where the file holds others.
 * @throws `E_USAGE` for what are no images, and no data of a run.
 * @example
 * const part = await findRunPart(whole, run.data, { labels: whole.labels, config: run.config.dataset });
 * part?.name; // 'validation images'
 */
export async function findRunPart(
  whole: Examples,
  known: DataFingerprint,
  options: FindRunPartOptions,
): Promise<FoundRunPart | undefined> {
  const where = 'findRunPart';
  checkValue(where, 'whole', whole, setRule);
  checkValue(where, 'known', known, knownRule);
  checkOptions(where, options, {
    labels: anything,
    wanted: oneOf('test', 'validation', 'train'),
    config: needed(configRule),
  });
  const {
    labels,
    wanted,
    config: { limit = whole.count, validation: validationCount },
  } = options;
  // Which image is which is told by a factor.
  const indexed = {
    ...whole,
    factors: {
      names: ['index'],
      sizes: [0],
      values: Float32Array.from({ length: whole.count }, (_, i) => i),
    },
  };
  const found = (part: RunPart, { factors, ...set }: Examples) => {
    const places = factors!.values;
    const own =
      whole.labels &&
      toLabels(
        Array.from(places, (i) => whole.labels![i]!),
        { count: set.count },
      );
    return { set: { ...set, ...(own && { labels: own }) }, part, name: PARTS[part], places };
  };
  const parts = wanted ? [wanted] : (['test', 'validation', 'train'] as const);
  for (const part of parts) {
    if (!known[part]) continue;
    const set = fewerImages(indexed, known[part].count);
    if (await hasImagesOf(known[part], set)) return found(part, set);
  }
  if (whole.count < 2) return undefined;
  const numbered = withoutLabels(indexed); // labels decide the split where there are some
  const numbers = labels && Array.from(labels);
  const classes = numbers?.every((label) => label >= 0) ? Uint32Array.from(numbers) : undefined;
  // With a count the limit came before the split, without one after it.
  const split = (all: Examples) =>
    splitImages(validationCount === undefined ? all : fewerImages(all, limit), { validationCount });
  const splits = [split(numbered), ...(classes ? [split({ ...numbered, labels: classes })] : [])];
  const part = wanted === 'train' ? 'train' : 'validation';
  for (const halves of splits) {
    const set = fewerImages(halves[part], known[part].count);
    if (await hasImagesOf(known[part], set)) return found(part, set);
  }
  return undefined;
}

/** Of the images alone. */
function withoutLabels({ labels: _, ...bare }: Examples): Examples {
  return bare;
}
