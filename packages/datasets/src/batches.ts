import { type Batch, type ImageSet, LatentkitError, permutation, pixelCount, Stream } from '@latentkit/core';
import { countBatches } from './count-batches.ts';
import { type Binarization, type FillImageOptions, fillImage, type PixelRange } from './fill-image.ts';

export interface BatchesOptions {
  batchSize: number;
  seed?: number;
  /** Which pass over the set this is, from 0: each has an order of its own. */
  epoch?: number;
  /** `false` keeps the order of the set. */
  shuffle?: boolean;
  /** Draws each pixel as a coin of its brightness, once for all epochs or anew in each. */
  binarize?: Binarization;
  /** Batches to skip, for a run that carries on in the middle of an epoch. */
  startBatch?: number;
  /** Leave out the last batch where it would be smaller than the others. */
  dropRemainder?: boolean;
  range?: PixelRange;
}

/**
 * Cuts a set into batches of floats, one epoch long.
 *
 * Order and coins depend on the seed, the epoch and the image's index alone: neither the batch size nor where the epoch
 * was resumed changes them. Bytes become `v / 255`.
 *
 * @returns batches of `[size, height, width, channels]` in `range`; the last may be smaller.
 * @throws `E_RANGE` at once when the batch size is beyond the number of images, or `epoch` or `startBatch` cannot be.
 * @example
 * const set = { shape: { height: 1, width: 1, channels: 1 }, count: 3, images: new Uint8Array([0, 51, 255]) };
 * for (const { images } of batches(set, { batchSize: 2, shuffle: false })) images; // [0, 0.2], then [1]
 */
export function batches(
  set: ImageSet,
  {
    batchSize,
    seed = 0,
    epoch = 0,
    shuffle = true,
    binarize = 'none',
    startBatch = 0,
    dropRemainder = false,
    range = [0, 1],
  }: BatchesOptions,
): Generator<Batch, void, undefined> {
  const total = countBatches(set.count, { batchSize, dropRemainder });
  checkWhole('epoch', epoch, 0xffffffff);
  checkWhole('startBatch', startBatch, total);
  const order = shuffle
    ? permutation(set.count, { seed, stream: Stream.shuffle, step: epoch })
    : Uint32Array.from({ length: set.count }, (_, i) => i);
  const parts: Uint32Array[] = [];
  for (let batch = startBatch; batch < total; batch++) {
    parts.push(order.slice(batch * batchSize, (batch + 1) * batchSize));
  }
  return cutBatches(set, parts, { binarize, range, seed, epoch });
}

function* cutBatches(
  set: ImageSet,
  parts: readonly Uint32Array[],
  options: FillImageOptions,
): Generator<Batch, void, undefined> {
  const pixels = pixelCount(set.shape);
  for (const indices of parts) {
    const images = new Float32Array(indices.length * pixels);
    for (const [i, index] of indices.entries()) fillImage(set, index, images, i * pixels, options);
    yield { shape: set.shape, size: indices.length, images, indices };
  }
}

function checkWhole(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= most) return;
  throw new LatentkitError(
    'E_RANGE',
    `batches: ${name} must be a whole number from 0 to ${most}, got ${value}`,
  );
}
