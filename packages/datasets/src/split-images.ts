import { type ImageSet, LatentkitError, permutation, Stream } from '@latentkit/core';
import { takeImages } from './take-images.ts';

export interface SplitOptions {
  /** Share of the images to judge by, above 0 and below 1. */
  validationFraction?: number;
  seed?: number;
}

/**
 * Splits a set at random into one to learn from and one to judge by; the same seed gives the same split everywhere.
 *
 * `round(count * validationFraction)` images, at least 1, go to validation. Both sets keep the order of the images.
 *
 * @throws `E_RANGE` when the fraction is not between 0 and 1, or there are fewer than 2 images.
 * @example
 * const shape = { height: 1, width: 1, channels: 1 };
 * const { train, validation } = splitImages({ shape, count: 10, images: new Uint8Array(10) }); // 9 and 1
 */
export function splitImages(
  set: ImageSet,
  { validationFraction = 0.1, seed = 0 }: SplitOptions = {},
): { train: ImageSet; validation: ImageSet } {
  if (!(validationFraction > 0 && validationFraction < 1)) {
    throw new LatentkitError(
      'E_RANGE',
      `splitImages: validationFraction must be above 0 and below 1, got ${validationFraction}`,
    );
  }
  if (set.count < 2) {
    throw new LatentkitError(
      'E_RANGE',
      `splitImages: expected 2 or more images, one to learn from and one to judge by, got ${set.count}`,
    );
  }
  const wanted = Math.round(set.count * validationFraction);
  const validationCount = Math.min(Math.max(wanted, 1), set.count - 1);
  const order = permutation(set.count, { seed, stream: Stream.split });
  return {
    train: takeImages(set, order.subarray(validationCount).sort()),
    validation: takeImages(set, order.subarray(0, validationCount).sort()),
  };
}
