import {
  type Batch,
  checkExamples,
  checkLayout,
  type Examples,
  type ImageSet,
  indicesUpTo,
  permutation,
  pixelCount,
  Stream,
} from '@latentkit/core';
import {
  atLeast,
  checkOptions,
  checkValue,
  flagRule,
  needed,
  type OptionRules,
  oneOf,
  seedRule,
  whole,
} from '@latentkit/core/options';
import { countBatches } from './count-batches.ts';
import { type Binarization, type FillImageOptions, fillImage, type PixelRange } from './fill-image.ts';
import { marksOf, mixedOrder } from './mixed-order.ts';
import { readSource } from './read-source.ts';
import { takeRows } from './take-images.ts';

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

export interface ReadBatchesOptions extends BatchesOptions {
  /**
   * Batches whose numbers stay as they are, all by default: with 2, the one after the next takes the place of a batch, so that
   * a loop of any length needs the memory of two.
   */
  keep?: number;
  /**
   * The number of the first example, for who has a part of a set: its coins are those that it has in the whole set. 0 by default;
   * `indices` count from 0 all the same.
   */
  first?: number;
}

const RULES: OptionRules<ReadBatchesOptions> = {
  batchSize: needed(whole(1)),
  seed: seedRule,
  epoch: whole(0, 0xffffffff),
  shuffle: flagRule,
  binarize: oneOf('none', 'fixed', 'dynamic'),
  startBatch: whole(0),
  dropRemainder: flagRule,
  range: {
    be: "be [0, 1], [-1, 1] or 'own'",
    code: 'E_RANGE',
    fits: (value) => ['0,1', '-1,1', 'own'].includes(String(value)),
  },
  keep: atLeast(1),
  first: whole(0, 0xffffffff),
};

/**
 * Cuts a set in memory into batches of floats, one epoch long.
 *
 * Order and coins depend on the seed, the epoch and the image's index alone: neither the batch size nor where the epoch
 * was resumed changes them. Bytes become `v / 255`. Of a set that is labelled in part (`labelled`), every stretch of the order
 * holds its share of labelled images; an epoch is as many images as the set has.
 *
 * @returns batches of `[size, height, width, channels]` in `range`; the last may be smaller.
 * @throws at once: `E_SHAPE`, `E_USAGE` for a set whose arrays do not fit together; `E_NOT_FINITE`, `E_RANGE` for floats that
 * are no pixels (within [0, 1], where the range is not `'own'`), a batch size beyond the number of images, an `epoch` or
 * `startBatch` that cannot be.
 * @example
 * const set = { shape: { height: 1, width: 1, channels: 1 }, count: 3, images: new Uint8Array([0, 51, 255]) };
 * for (const { x } of batches(set, { batchSize: 2, shuffle: false })) x.data; // [0, 0.2], then [1]
 */
export function batches(set: ImageSet, options: BatchesOptions): Generator<Batch, void, undefined> {
  checkOptions('batches', options, RULES);
  checkExamples('batches', set, { anyData: readsAny(options) });
  return readBatches(set, options) as Generator<Batch, void, undefined>;
}

/**
 * As {@link batches}, of a set that may lie somewhere else and whose pixels were looked at before, if it is in memory: a promise
 * of a batch where the source answers with one. Asking for the next before the last is used overlaps reading with work.
 *
 * @throws as {@link batches}; in a batch, `E_SHAPE`, `E_USAGE`, `E_RANGE`, `E_NOT_FINITE` for what a source has read.
 * @example
 * for (const read of readBatches(source, { batchSize: 128, seed: 1, epoch: 0 })) {
 *   const { x, labels } = await read;
 * }
 */
export function readBatches(
  set: Examples,
  options: ReadBatchesOptions,
): Generator<Batch | Promise<Batch>, void, undefined> {
  checkOptions('batches', options, RULES);
  const { batchSize, seed = 0, epoch = 0, shuffle = true, startBatch = 0, dropRemainder = false } = options;
  checkLayout('batches', set);
  const total = countBatches(set.count, { batchSize, dropRemainder });
  checkValue('batches', 'startBatch', startBatch, whole(0, total));
  const order = shuffle ? shuffled(set, { seed, epoch }) : indicesUpTo(set.count);
  const isLabelled = shuffle && set.labelled ? marksOf(set.labelled, set.count) : undefined;
  const parts = { order, batchSize, startBatch, total, ...(isLabelled && { isLabelled }) };
  const { binarize = 'none', range = [0, 1], keep = Number.POSITIVE_INFINITY, first = 0 } = options;
  const places: Float32Array<ArrayBuffer>[] = [];
  const placeOf = (batch: number, numbers: number) => {
    if (keep > total) return new Float32Array(numbers);
    places[batch % keep] ??= new Float32Array(numbers);
    const place = places[batch % keep]!;
    return place.length === numbers ? place : new Float32Array(numbers); // of a small last batch
  };
  return cutBatches(set, parts, { binarize, range, seed, epoch, first }, placeOf);
}

/** An epoch's order; of a set that is labelled in part, one that mixes both parts evenly. */
function shuffled(
  { count, labelled }: Examples,
  { seed, epoch }: { seed: number; epoch: number },
): Uint32Array {
  const order = permutation(count, { seed, stream: Stream.shuffle, step: epoch });
  return labelled ? mixedOrder(order, labelled, { seed, epoch }) : order;
}

/** Coins have a brightness, whatever the likelihood would read. */
function readsAny({ range, binarize = 'none' }: Pick<BatchesOptions, 'range' | 'binarize'>): boolean {
  return range === 'own' && binarize === 'none';
}

interface FillOptions extends FillImageOptions {
  readonly first: number;
}

/** An epoch's order, cut as its batches come: of many examples, the lists of all would take as much memory again. */
interface BatchParts {
  readonly order: Uint32Array;
  readonly batchSize: number;
  readonly startBatch: number;
  readonly total: number;
  /** By the place in the set, where only some are labelled. */
  readonly isLabelled?: Uint8Array;
}

function* cutBatches(
  set: Examples,
  { order, batchSize, startBatch, total, isLabelled }: BatchParts,
  options: FillOptions,
  placeOf: (batch: number, numbers: number) => Float32Array<ArrayBuffer>,
): Generator<Batch | Promise<Batch>, void, undefined> {
  const pixels = pixelCount(set.shape);
  for (let batch = startBatch; batch < total; batch++) {
    const indices = order.slice(batch * batchSize, (batch + 1) * batchSize);
    const place = placeOf(batch, indices.length * pixels);
    const labelled = isLabelled && { labelled: takeRows(isLabelled, indices, 1) };
    if ('images' in set) {
      const x = toFloats(set, indices, place, options);
      yield {
        size: indices.length,
        indices,
        x,
        ...(set.labels && { labels: takeRows(set.labels, indices, 1) }),
        ...labelled,
      };
    } else {
      yield readSource(set, indices, { anyData: readsAny(options) }, ({ images, labels }) => ({
        ...{ size: indices.length, indices },
        x: toFloats({ shape: set.shape, images }, indices, place, options, { isTaken: true }),
        ...(labels && { labels }),
        ...labelled,
      }));
    }
  }
}

/** Some images as floats in `data`, `[size, height, width, channels]`; `isTaken` where the set holds these alone, in their order. */
function toFloats(
  set: Pick<ImageSet, 'images' | 'shape'>,
  indices: Uint32Array,
  data: Float32Array<ArrayBuffer>,
  options: FillOptions,
  { isTaken = false } = {},
): Batch['x'] {
  const { height, width, channels } = set.shape;
  const { first } = options;
  const pixels = pixelCount(set.shape);
  for (const [i, index] of indices.entries()) {
    fillImage(set, first + index, data, i * pixels, options, isTaken ? i : index);
  }
  return { shape: [indices.length, height, width, channels], data };
}
