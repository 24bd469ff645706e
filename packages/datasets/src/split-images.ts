import {
  type Examples,
  type ImageSet,
  type Labels,
  LatentkitError,
  permutation,
  Stream,
} from '@latentkit/core';
import { anything, checkOptions, seedRule } from '@latentkit/core/options';
import { requireExamples } from './require-set.ts';
import { allBut, takeKept } from './take-images.ts';

export interface SplitOptions {
  /** Share of the images to judge by, above 0 and below 1; a tenth by default. */
  validationFraction?: number;
  /** How many images to judge by, in the fraction's place. */
  validationCount?: number;
  seed?: number;
}

/**
 * Splits a set at random into one to learn from and one to judge by; the same seed gives the same split everywhere.
 *
 * `round(count * validationFraction)` images, at least 1, go to validation. Where there are labels each class gives its
 * share: `floor(validation * images of the class / count)`, and those of the largest remainders one more. Both sets keep
 * the order of the images.
 *
 * @throws `E_RANGE` when the fraction is not between 0 and 1, the count not from 1 to `count - 1`, or there are fewer than 2
 * images.
 * @example
 * const shape = { height: 1, width: 1, channels: 1 };
 * const { train, validation } = splitImages({ shape, count: 10, images: new Uint8Array(10) }); // 9 and 1
 */
export function splitImages(set: ImageSet, options?: SplitOptions): { train: ImageSet; validation: ImageSet };
export function splitImages(set: Examples, options?: SplitOptions): { train: Examples; validation: Examples };
export function splitImages(
  set: Examples,
  options: SplitOptions = {},
): { train: Examples; validation: Examples } {
  requireExamples('splitImages', set);
  checkOptions('splitImages', options, {
    validationFraction: anything,
    validationCount: anything,
    seed: seedRule,
  });
  const { validationFraction = 0.1, validationCount, seed = 0 } = options;
  const { count, labels } = set;
  if (!(validationFraction > 0 && validationFraction < 1)) {
    throw new LatentkitError(
      'E_RANGE',
      `splitImages: validationFraction must be above 0 and below 1, got ${validationFraction}`,
    );
  }
  if (count < 2) {
    throw new LatentkitError(
      'E_RANGE',
      `splitImages: expected 2 or more images, one to learn from and one to judge by, got ${count}`,
    );
  }
  const wanted = validationCount ?? Math.min(Math.max(Math.round(count * validationFraction), 1), count - 1);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted >= count) {
    throw new LatentkitError(
      'E_RANGE',
      `splitImages: expected 1 to ${count - 1} of the ${count} images to judge by, got ${wanted}`,
      { fix: 'Leave some to learn from' },
    );
  }
  const order = permutation(count, { seed, stream: Stream.split });
  const isChosen = new Uint8Array(count);
  for (const index of labels ? shareOut(order, labels, wanted) : order.subarray(0, wanted))
    isChosen[index] = 1;
  const chosen = indicesOf(isChosen, wanted);
  return { train: takeKept(set, allBut(count, chosen)), validation: takeKept(set, chosen) };
}

/** The first images of each class in an order, as many as its share. */
function* shareOut(order: Uint32Array, labels: Labels, wanted: number): Generator<number> {
  const counts = new Map<number, number>();
  for (const index of order) counts.set(labels[index]!, (counts.get(labels[index]!) ?? 0) + 1);
  const shares = [...counts].map(([label, members]) => {
    const rest = (wanted * members) % order.length; // whole numbers, so that equal shares are equal
    return { label, taken: (wanted * members - rest) / order.length, rest };
  });
  const left = wanted - shares.reduce((sum, { taken }) => sum + taken, 0);
  // Equal remainders go by the random order that the classes came in, so that no class is always left out.
  for (const share of shares.toSorted((a, b) => b.rest - a.rest).slice(0, left)) share.taken++;
  const open = new Map(shares.map(({ label, taken }) => [label, taken]));
  for (const index of order) {
    const missing = open.get(labels[index]!)!;
    if (missing === 0) continue;
    open.set(labels[index]!, missing - 1);
    yield index;
  }
}

function indicesOf(isChosen: Uint8Array, chosen: number): Uint32Array {
  const indices = new Uint32Array(chosen);
  for (let i = 0, at = 0; at < chosen; i++) if (isChosen[i]) indices[at++] = i;
  return indices;
}
