import {
  type Batch,
  type Examples,
  type ImageSet,
  type ImageSource,
  type Labels,
  LatentkitError,
  pixelCount,
} from '@latentkit/core';
import { checkValue, listRule } from '@latentkit/core/options';
import { labelledAmong } from './labelled-among.ts';
import type { Places } from './places.ts';
import { requireExamples } from './require-set.ts';

/**
 * The images at some indices of a set, in the order of the indices; labels and factors go with them. Of a set in memory they are
 * copied; of a source nothing is read before a batch of them is.
 *
 * @throws `E_RANGE` for an index outside the set.
 * @example
 * const shape = { height: 1, width: 1, channels: 1 };
 * takeImages({ shape, count: 3, images: new Uint8Array([5, 6, 7]) }, [2, 0]).images; // Uint8Array [7, 5]
 */
export function takeImages(set: ImageSet, indices: ArrayLike<number>): ImageSet;
export function takeImages(set: Examples, indices: ArrayLike<number>): Examples;
export function takeImages(set: Examples, indices: ArrayLike<number>): Examples {
  checkValue('takeImages', 'indices', indices, listRule);
  requireExamples('takeImages', set);
  const { count } = set;
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (Number.isInteger(index) && index >= 0 && index < count) continue;
    throw new LatentkitError(
      'E_RANGE',
      `takeImages: expected indices from 0 to ${count - 1}, got ${index} at position ${i}`,
    );
  }
  return takeKept(set, indices instanceof Uint32Array ? indices.slice() : Array.from(indices));
}

/**
 * All indices below `count` but those of a list in rising order, which it keeps: of a set of many millions of images those to learn
 * from need no list beside that of those to judge by.
 */
export function allBut(count: number, others: Uint32Array): Places {
  return {
    length: count - others.length,
    at(place) {
      let [low, high] = [0, others.length]; // how many of the others come before it
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (others[middle]! - middle <= place) low = middle + 1;
        else high = middle;
      }
      return place + low;
    },
  };
}

/** As {@link takeImages}, of indices of the set that nobody changes: a source's may be many, and are not copied. */
export function takeKept(set: Examples, indices: Places): Examples {
  const { shape, labels, factors, labelled } = set;
  return {
    shape,
    count: indices.length,
    ...('images' in set
      ? { images: takeRows(set.images, indices, pixelCount(shape)) }
      : { read: readAt(set, indices) }),
    ...(labels && { labels: takeRows(labels, indices, 1) }),
    ...(factors && {
      factors: { ...factors, values: takeRows(factors.values, indices, factors.names.length) },
    }),
    ...(labelled && { labelled: labelledAmong(labelled, indices) }),
  };
}

/** Reads examples of a source by their places in a list of its indices. */
function readAt(source: ImageSource, indices: Places): ImageSource['read'] {
  return (places) => {
    const read = source.read(places.map((place) => indices.at(place)!));
    const asAsked = (batch: Batch<Uint8Array | Float32Array>) => ({ ...batch, indices: places });
    return isPromise(read) ? Promise.resolve(read).then(asAsked) : asAsked(read);
  };
}

/** Whether a source answers later. */
export function isPromise<Value>(value: Value | PromiseLike<Value>): value is PromiseLike<Value> {
  return typeof (value as PromiseLike<Value> | undefined)?.then === 'function';
}

/** Rows of an array, in one of its own type. */
export function takeRows<Array extends Labels | Float32Array>(
  from: Array,
  indices: Places,
  columns: number,
): Array {
  const rows = emptyLike(from, indices.length * columns) as Array;
  for (let i = 0; i < indices.length; i++) {
    const start = indices.at(i)! * columns;
    if (columns === 1) rows[i] = from[start]!;
    else rows.set(from.subarray(start, start + columns), i * columns);
  }
  return rows;
}

/** Not by its constructor: a Buffer's makes none. */
function emptyLike(array: Labels | Float32Array, length: number): Labels | Float32Array {
  if (array instanceof Uint8Array) return new Uint8Array(length);
  if (array instanceof Uint16Array) return new Uint16Array(length);
  return array instanceof Uint32Array ? new Uint32Array(length) : new Float32Array(length);
}
