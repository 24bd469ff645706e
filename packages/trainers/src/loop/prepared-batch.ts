import {
  type Batch,
  type Examples,
  type Labels,
  LatentkitError,
  type NdArray,
  type RandomAddress,
  type SessionData,
} from '@latentkit/core';
import type { BatchesOptions } from '@latentkit/datasets';
import type { Objective } from '@latentkit/objectives';

/** Where a model's likelihood wants pixels. */
export function rangeOf({ model: { likelihood } }: Objective): NonNullable<BatchesOptions['range']> {
  return likelihood.anyData ? 'own' : likelihood.dataRange;
}

/** May floats be any numbers? Coins have a brightness, whatever the likelihood would read. */
export function readsAnyData(
  { model: { likelihood } }: Pick<Objective, 'model'>,
  binarize: BatchesOptions['binarize'],
): boolean {
  return likelihood.anyData && binarize === 'none';
}

/**
 * A batch ready for a step or for validation: images in the likelihood's data range, labels where they are read, and what the
 * session draws its noise by.
 *
 * @param address of the noise of the batch's first row.
 * @throws `E_USAGE`, `E_RANGE` for labels that a source does not give, or that are beyond the model's classes.
 */
export function prepareBatch(
  { model, reads, noise }: Objective,
  { x, size, labels, labelled, indices }: Batch,
  address: RandomAddress,
): Pick<Required<SessionData>, 'inputs' | 'noise'> {
  const classes = reads.includes('labels') ? model.spec.condition?.classes : undefined;
  if (classes) checkClasses(labels, classes, 'given', indices);
  const told = reads.includes('labelled') ? labelled : undefined;
  return {
    inputs: {
      x,
      ...(classes && { labels: oneHot(labels!, classes, told) }),
      ...(reads.includes('labelled') && { labelled: shareOf(size, told) }),
    },
    noise: { requests: noise, rows: size, address },
  };
}

/** What each labelled example counts in their mean, `[size]`: all of them the same, together `size`. */
function shareOf(size: number, labelled: Uint8Array | undefined): NdArray {
  const count = labelled ? labelled.reduce((sum, one) => sum + one, 0) : size;
  const share = count === 0 ? 0 : size / count;
  return { shape: [size], data: Float32Array.from({ length: size }, (_, i) => (labelled?.[i] ?? 1) * share) };
}

/** Labels as rows of zeros with a one, `[size, classes]`; without one where an example is not labelled. */
function oneHot(labels: Labels, classes: number, labelled?: Uint8Array): NdArray {
  const data = new Float32Array(labels.length * classes);
  for (const [row, label] of labels.entries()) data[row * classes + label] = labelled?.[row] ?? 1;
  return { shape: [labels.length, classes], data };
}

/**
 * Before anything is computed: throws `E_USAGE` where an objective reads labels that a set lacks, `E_RANGE` for a label beyond
 * the model's classes. A source may bring labels with its batches.
 */
export function checkLabels({ model, reads }: Objective, set: Examples, name: string): void {
  const classes = model.spec.condition?.classes;
  if (!reads.includes('labels') || classes === undefined) return;
  if (set.labels || 'images' in set) checkClasses(set.labels, classes, name);
}

/** Throws `E_USAGE` where some images to learn from have labels, and the objective reads those of all or of none. */
export function checkLabelled({ model, reads }: Objective, { labelled }: Examples): void {
  if (!labelled || reads.includes('labelled')) return;
  throw new LatentkitError(
    'E_USAGE',
    `train: ${labelled.indices.length} of the train images are labelled, and a model of kind '${model.spec.kind}' does not learn from the labels of some`,
    { fix: "Take kind 'semiSupervised', or leave labels out of the dataset" },
  );
}

function checkClasses(
  labels: Labels | undefined,
  classes: number,
  name: string,
  indices?: Uint32Array,
): void {
  if (!labels) {
    throw new LatentkitError(
      'E_USAGE',
      `train: the model is told each image's class, and the ${name} images have no labels`,
      {
        fix: 'Give the dataset labels, or leave condition out of the model',
      },
    );
  }
  let [most, odd] = [0, -1];
  for (const [i, label] of labels.entries()) {
    most = Math.max(most, label);
    if (odd < 0 && label >= classes) odd = i;
  }
  if (odd < 0) return;
  throw new LatentkitError(
    'E_RANGE',
    `train: the model knows classes 0 to ${classes - 1}, and ${name} image ${indices?.[odd] ?? odd} has label ${labels[odd]}`,
    {
      fix: `Make the model with condition: { classes: ${most + 1} }, --set model.condition.classes=${most + 1}`,
    },
  );
}
