import type { Examples } from '@latentkit/core';
import { fewerImages, splitImages } from '@latentkit/datasets';
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

/** Those of a run among the images of a file: the file may hold a part of them, or all, to be split as they were. */
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
): Promise<{ set: Examples; name: string } | undefined> {
  const parts = wanted ? [wanted] : (['test', 'validation', 'train'] as const);
  for (const part of parts) {
    if (!known[part]) continue;
    const set = fewerImages(whole, known[part].count);
    if (await hasImagesOf(known[part], set)) return { set, name: PARTS[part] };
  }
  if (whole.count < 2) return undefined;
  // Which image is which is told by a factor, as labels decide the split where there are some.
  const numbered = {
    ...withoutLabels(whole),
    factors: {
      names: ['index'],
      sizes: [0],
      values: Float32Array.from({ length: whole.count }, (_, i) => i),
    },
  };
  const numbers = labels && Array.from(labels);
  const classes = numbers?.every((label) => label >= 0) ? Uint32Array.from(numbers) : undefined;
  // With a count the limit came before the split, without one after it.
  const split = (all: Examples) =>
    splitImages(validationCount === undefined ? all : fewerImages(all, limit), { validationCount });
  const splits = [split(numbered), ...(classes ? [split({ ...numbered, labels: classes })] : [])];
  const part = wanted === 'train' ? 'train' : 'validation';
  for (const halves of splits) {
    const set = fewerImages(halves[part], known[part].count);
    if (await hasImagesOf(known[part], set)) return { set, name: PARTS[part] };
  }
  return undefined;
}

/** Of the images alone. */
function withoutLabels({ labels: _, ...bare }: Examples): Examples {
  return bare;
}
