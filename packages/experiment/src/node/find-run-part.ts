import type { Examples } from '@latentkit/core';
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

/**
 * Those of a run among the images of a file: the file may hold a part of them, or all, to be split as they were.
 *
 * @returns with the place of each in the file.
 */
export async function findRunPart(
  whole: Examples,
  known: DataFingerprint,
  {
    labels,
    wanted,
    config: { limit = whole.count, validation: validationCount },
  }: {
    labels: ArrayLike<number> | undefined;
    wanted: RunPart | undefined;
    config: ExperimentConfig['dataset'];
  },
): Promise<{ set: Examples; name: string; places: ArrayLike<number> } | undefined> {
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
    return { set: { ...set, ...(own && { labels: own }) }, name: PARTS[part], places };
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
