import {
  type Batch,
  drawNoise,
  type ImageSet,
  LatentkitError,
  type NamedArrays,
  type NdArray,
  type RandomAddress,
} from '@latentkit/core';
import type { Objective } from '@latentkit/objectives';

/**
 * A batch ready for a step or for validation: images in the likelihood's data range, labels where they are read, noise.
 *
 * @param address of the noise of the batch's first row.
 */
export function prepareBatch(
  { model, reads, noise }: Objective,
  { images, size, shape: { height, width, channels }, indices }: Batch,
  set: ImageSet,
  address: RandomAddress,
): NamedArrays {
  const classes = model.spec.condition?.classes;
  return {
    x: { shape: [size, height, width, channels], data: images },
    ...(reads.includes('labels') && classes && { labels: oneHot(set, indices, classes) }),
    ...drawNoise(noise, size, address),
  };
}

/** The labels of some images as rows of zeros with a one, `[size, classes]`. */
function oneHot({ labels }: ImageSet, indices: Uint32Array, classes: number): NdArray {
  const data = new Float32Array(indices.length * classes);
  for (const [row, index] of indices.entries()) data[row * classes + labels![index]!] = 1;
  return { shape: [indices.length, classes], data };
}

/** Throws `E_USAGE` where an objective reads labels that a set lacks, `E_RANGE` for a label beyond the model's classes. */
export function checkLabels({ model, reads }: Objective, { labels, count }: ImageSet, name: string): void {
  const classes = model.spec.condition?.classes;
  if (!reads.includes('labels') || classes === undefined) return;
  if (!labels || labels.length < count) {
    throw new LatentkitError(
      'E_USAGE',
      `train: the model is told each image's class, and the ${name} images have no labels`,
      {
        fix: 'Give the dataset labels, or leave condition out of the model',
      },
    );
  }
  const odd = labels.findIndex((label) => label >= classes);
  if (odd < 0) return;
  throw new LatentkitError(
    'E_RANGE',
    `train: the model knows classes 0 to ${classes - 1}, and ${name} image ${odd} has label ${labels[odd]}`,
    { fix: `Make the model with condition: { classes: ${Math.max(...labels) + 1} }` },
  );
}
