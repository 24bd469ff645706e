import {
  checkPixels,
  checkShape,
  type Dataset,
  type Factors,
  type ImageShape,
  type Labels,
  LatentkitError,
  pixelCount,
} from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  having,
  listRule,
  needed,
  type OptionRules,
  seedRule,
  textRule,
  whole,
} from '@latentkit/core/options';
import { splitImages } from './split-images.ts';

export interface FromArraysOptions {
  /** A class for each image, whole numbers from 0. */
  labels?: ArrayLike<number>;
  /** What label `i` stands for. */
  classNames?: readonly string[];
  /** What each image was made from, where that is known: for evaluation. */
  factors?: Factors;
  name?: string;
  /** Share of the images to judge by, above 0 and below 1. */
  validationFraction?: number;
  /** Decides which images those are. */
  seed?: number;
}

/** Images one after another, row by row, channels last: bytes from 0 to 255, or floats. */
export type PixelArray = Uint8Array | Uint8ClampedArray | Float32Array | Float64Array | readonly number[];

const RULES: OptionRules<FromArraysOptions> = {
  labels: listRule,
  classNames: listRule,
  factors: having('factors, { names, sizes, values }', {
    names: 'object',
    sizes: 'object',
    values: 'object',
  }),
  name: textRule,
  validationFraction: anything,
  seed: seedRule,
};

/**
 * Makes a dataset of your own images, or of a table's rows; bytes stay bytes until a batch is cut.
 *
 * Floats are pixels from 0 to 1, or any finite numbers (standardised columns, say) for models whose likelihood has the
 * output `linear`: which of the two is checked where a model reads them. Classes are split alike where there are labels.
 *
 * @param images `[count, height, width, channels]`: bytes (0 to 255), or floats (plain arrays count as floats). Rows of a
 * table have the shape `{ height: 1, width: columns, channels: 1 }`.
 * @throws `E_SHAPE` when the lengths do not fit; `E_NOT_FINITE` and `E_RANGE` for pixels, labels and fractions that
 * cannot be, naming the index.
 * @example
 * const images = new Uint8Array(100 * 8 * 8).fill(255);
 * const { train, validation } = fromArrays(images, { height: 8, width: 8, channels: 1 }); // 90 and 10 images
 */
export function fromArrays(images: PixelArray, shape: ImageShape, options: FromArraysOptions = {}): Dataset {
  checkOptions('fromArrays', options, RULES);
  const { labels, classNames, factors, name = 'arrays', validationFraction = 0.1, seed = 0 } = options;
  checkShape('fromArrays', shape);
  const pixels = pixelCount(shape);
  const { height, width, channels } = shape;
  const numbers = toStorage(images);
  if (numbers.length === 0 || numbers.length % pixels !== 0) {
    throw new LatentkitError(
      'E_SHAPE',
      `fromArrays: expected a multiple of ${height} x ${width} x ${channels} = ${pixels} numbers, got ${numbers.length}`,
    );
  }
  const count = numbers.length / pixels;
  checkPixels('fromArrays', numbers, shape, { anyData: true });
  const set = {
    ...{ shape, count, images: numbers },
    ...(labels && { labels: toLabels(labels, { count, classes: classNames?.length, where: 'fromArrays' }) }),
    ...(factors && { factors: checkFactors(factors, count) }),
  };
  return {
    name,
    ...splitImages(set, { validationFraction, seed }),
    ...(classNames && { classNames }),
  };
}

function toStorage(images: PixelArray): Uint8Array | Float32Array {
  if (images instanceof Uint8Array || images instanceof Float32Array) return images;
  if (images instanceof Uint8ClampedArray) {
    return new Uint8Array(images.buffer, images.byteOffset, images.byteLength);
  }
  if (images instanceof Float64Array || Array.isArray(images)) return Float32Array.from(images);
  const kind = Object.prototype.toString.call(images).slice(8, -1);
  throw new LatentkitError(
    'E_USAGE',
    `fromArrays: expected bytes, floats or a list of numbers, got ${kind}`,
    {
      fix: 'new Uint8Array(buffer) for bytes from 0 to 255, Float32Array.from(...) for other numbers',
    },
  );
}

/**
 * Labels in the smallest array that holds their classes.
 *
 * @param classes how many there are, where that is known.
 * @throws `E_SHAPE` for another number of labels than `count`; `E_RANGE` for one that is no class, naming its index.
 * @example
 * toLabels([3, 0], { count: 2 }); // Uint8Array [3, 0]
 */
export function toLabels(
  labels: ArrayLike<number>,
  options: { count: number; classes?: number; where?: string },
): Labels {
  checkValue('toLabels', 'labels', labels, listRule);
  checkOptions('toLabels', options, { count: needed(whole(0)), classes: whole(0), where: textRule });
  const { count, classes = 2 ** 32, where = 'toLabels' } = options;
  if (labels.length !== count) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected a label for each of the ${count} images, got ${labels.length}`,
    );
  }
  let most = 0;
  for (let index = 0; index < count; index++) {
    const label = labels[index]!;
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw new LatentkitError(
        'E_RANGE',
        `${where}: expected labels from 0 to ${classes - 1}, got ${label} at index ${index}`,
      );
    }
    most = Math.max(most, label);
  }
  const Storage = most < 256 ? Uint8Array : most < 65_536 ? Uint16Array : Uint32Array;
  return Storage.from(labels);
}

function checkFactors(factors: Factors, count: number): Factors {
  const { names, sizes, values } = factors;
  if (sizes.length === names.length && values.length === count * names.length) return factors;
  throw new LatentkitError(
    'E_SHAPE',
    `fromArrays: ${names.length} factors of ${count} images want as many sizes and ${count * names.length} values, got ` +
      `${sizes.length} and ${values.length}`,
  );
}
