import { createRandom, type Factors, type ImageSet, LatentkitError, Stream } from '@latentkit/core';
import { checkOptions, needed, type OptionRules, seedRule, whole } from '@latentkit/core/options';
import { classOfIndex } from './class-of-index.ts';
import { DIGIT_STYLES } from './digit-styles.ts';
import { DIGIT_SIDE, drawDigit } from './draw-digit.ts';
import { DIGIT_FACTORS, type DigitFactor, drawFactors } from './draw-factors.ts';

const INDEX_LIMIT = 4294967296;

const MOST_BYTES = 2 ** 32; // of images

/** Classes and ways of writing them are counted; all else is measured. */
const COUNTED: Readonly<Partial<Record<DigitFactor, number>>> = {
  class: DIGIT_STYLES.length,
  style: Math.max(...DIGIT_STYLES.map((styles) => styles.length)),
};
const FACTOR_SIZES = DIGIT_FACTORS.map((name) => COUNTED[name] ?? 0);

/** Drawn digits, and what each of them was made from. */
export interface DigitSet extends ImageSet {
  readonly images: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
  /** Those of {@link DIGIT_FACTORS}: {@link FactorValues} says what they mean. */
  readonly factors: Factors;
}

export interface GenerateDigitsOptions {
  /** How many images. */
  count: number;
  /** A whole number from 0 to 2^53 - 1; 0 by default. */
  seed?: number;
  /** The index of the first image; 0 by default. Ranges of indices that do not meet share no image. */
  firstIndex?: number;
}

const RULES: OptionRules<GenerateDigitsOptions> = {
  count: needed(whole(0)),
  seed: seedRule,
  firstIndex: whole(0),
};

/**
 * Draws handwritten-looking digits, 28 x 28 grey bytes (0 paper, 255 ink) as MNIST's, without any download.
 *
 * Image `i` depends on the seed and its index alone, bit by bit the same on every engine: a stroke model of one of a
 * few styles of its class, jittered, warped, leaned, fitted to a box of 20 pixels, its centre of mass in the middle.
 * Classes are balanced: each ten indices from a multiple of ten on hold every class once.
 *
 * @returns `images` `[count, 28, 28, 1]`, `labels` `[count]` and the generating `factors`, `[count, 12]`.
 * @throws `E_RANGE` when `count` or `firstIndex` is not a whole number of at least 0, an index would pass 2^32 - 1, or
 * the seed is not a whole number from 0 to 2^53 - 1; `E_LIMIT` for more than 4 GiB of images.
 * @example
 * const { images, labels, factors } = generateDigits({ count: 100, seed: 1 });
 * images.subarray(3 * 784, 4 * 784); // the fourth image, a labels[3] leaning by factorValues(factors, 'slant')[3]
 */
export function generateDigits(options: GenerateDigitsOptions): DigitSet {
  checkOptions('generateDigits', options, RULES);
  const { count, seed = 0, firstIndex = 0 } = options;
  if (firstIndex + count > INDEX_LIMIT) {
    throw new LatentkitError(
      'E_RANGE',
      `generateDigits: expected firstIndex + count <= 2^32, got ${firstIndex} + ${count}`,
    );
  }
  const pixels = DIGIT_SIDE * DIGIT_SIDE;
  if (count * pixels > MOST_BYTES) {
    throw new LatentkitError(
      'E_LIMIT',
      `generateDigits: ${count} images are ${count * pixels} bytes, of at most 2^32`,
    );
  }
  const images = new Uint8Array(count * pixels);
  const labels = new Uint8Array(count);
  const factors = new Float32Array(count * DIGIT_FACTORS.length);
  for (let i = 0; i < count; i++) {
    const index = firstIndex + i;
    const digit = classOfIndex(seed, index);
    const random = createRandom({ seed, stream: Stream.digits, index });
    const values = drawFactors(digit, DIGIT_STYLES[digit]!, random);
    drawDigit(values, random, images.subarray(i * pixels, (i + 1) * pixels));
    labels[i] = digit;
    for (const [at, name] of DIGIT_FACTORS.entries()) factors[i * DIGIT_FACTORS.length + at] = values[name];
  }
  return {
    shape: { height: DIGIT_SIDE, width: DIGIT_SIDE, channels: 1 },
    ...{ count, images, labels },
    factors: { names: DIGIT_FACTORS, sizes: FACTOR_SIZES, values: factors },
  };
}
