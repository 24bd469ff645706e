import {
  type Batch,
  type Examples,
  type Labels,
  LatentkitError,
  type NdArray,
  type RandomAddress,
  type SessionData,
  sizeOfShape,
} from '@latentkit/core';
import { checkValue } from '@latentkit/core/options';
import type { BatchesOptions } from '@latentkit/datasets';
import { layersOf } from '@latentkit/models';
import { type Objective, objectiveRule } from '@latentkit/objectives';

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
  { x, size, labels, indices }: Batch,
  address: RandomAddress,
): Pick<Required<SessionData>, 'inputs' | 'noise'> {
  const classes = reads.includes('labels') ? model.spec.condition?.classes : undefined;
  if (classes) checkClasses(labels, classes, 'given', indices);
  return {
    inputs: { x, ...(classes && { labels: oneHot(labels!, classes) }) },
    noise: { requests: noise, rows: size, address },
  };
}

/** Labels as rows of zeros with a one, `[size, classes]`. */
function oneHot(labels: Labels, classes: number): NdArray {
  const data = new Float32Array(labels.length * classes);
  for (const [row, label] of labels.entries()) data[row * classes + label] = 1;
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

// Numbers of one layer in one batch: 4 GiB, all that WebAssembly's memory has.
const MOST_NUMBERS = 2 ** 30;

/**
 * Images of the largest batch that `train` begins with: beyond it one layer alone would fill WebAssembly's memory.
 *
 * @throws `E_USAGE` for what is no objective.
 * @example
 * largestBatch(createObjective(createModel(spec))); // 1369568, for a dense model of 784 pixels
 */
export function largestBatch(objective: Objective): number {
  checkValue('largestBatch', 'objective', objective, objectiveRule);
  const { model, samples = 1 } = objective;
  return Math.floor(MOST_NUMBERS / (samples * widestOf(model)));
}

function widestOf({ plan }: Objective['model']): number {
  return Math.max(...layersOf(plan).map(({ outputShape }) => sizeOfShape(outputShape)));
}

/**
 * Before anything is computed: throws `E_RANGE` where an objective compares more examples with each other than a batch or a set
 * has (smaller batches are left out: all of them, then), `E_LIMIT` for batches that no memory holds.
 */
export function checkBatches(
  where: string,
  objective: Objective,
  { batchSize, images }: { batchSize: number; images: number },
): void {
  const { model, leastBatch, samples = 1 } = objective;
  if (batchSize < leastBatch || images < leastBatch) {
    const [what, got] = batchSize < leastBatch ? ['batchSize', batchSize] : ['images of a set', images];
    throw new LatentkitError(
      'E_RANGE',
      `${where}: the objective compares examples with each other: expected ${what} of at least ${leastBatch}, got ${got}`,
    );
  }
  if (Math.min(batchSize, images) <= largestBatch(objective)) return;
  const numbers = Math.min(batchSize, images) * samples * widestOf(model);
  const many = samples > 1 ? ` by ${samples} samples each` : '';
  throw new LatentkitError(
    'E_LIMIT',
    `${where}: a batch of ${Math.min(batchSize, images)} images${many} is ${numbers} numbers in the widest layer, of at most 2^30`,
    { fix: samples > 1 ? 'Take fewer samples, or a smaller batchSize' : 'Take a smaller batchSize' },
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
    { fix: `Make the model with condition: { classes: ${most + 1} }` },
  );
}
