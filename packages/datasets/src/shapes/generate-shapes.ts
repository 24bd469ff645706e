import {
  createRandom,
  type Dataset,
  type Factors,
  type ImageSet,
  LatentkitError,
  Stream,
} from '@latentkit/core';
import { checkOptions, needed, type OptionRules, seedRule, whole } from '@latentkit/core/options';
import {
  drawShape,
  SHAPE_FACTORS,
  SHAPE_NAMES,
  SHAPE_SIDE,
  SHAPE_SIZES,
  type ShapeValues,
} from './draw-shape.ts';

/** Drawn shapes, and what each of them was made from. */
export interface ShapeSet extends ImageSet {
  readonly images: Uint8Array<ArrayBuffer>;
  /** The factor `shape`: square, ellipse, heart. */
  readonly labels: Uint8Array<ArrayBuffer>;
  readonly factors: Factors;
}

export interface GenerateShapesOptions {
  /** How many images. */
  count: number;
  /** 0 by default. */
  seed?: number;
  /** The index of the first image; 0 by default. */
  firstIndex?: number;
}

const RULES: OptionRules<GenerateShapesOptions> = {
  count: needed(whole(1)),
  seed: seedRule,
  firstIndex: whole(0, 2 ** 32 - 1),
};
const MOST_BYTES = 2 ** 32;

/**
 * Draws white shapes on black, 64 x 64, by factors of dSprites' numbers of values: a square, an ellipse or a heart, in 6 scales, 40
 * orientations and 32 x 32 places, each drawn by chance. Image `i` depends on the seed and its index alone.
 *
 * A generator of our own: its pixels are not those of dSprites.
 *
 * @returns `images` `[count, 64, 64, 1]` of bytes 0 and 255, `labels` and `factors`, `[count, 5]`.
 * @throws `E_RANGE` for no whole number of at least 1; `E_LIMIT` for more than 4 GiB of images.
 * @see Matthey, Higgins, Hassabis & Lerchner: "dSprites: disentanglement testing sprites dataset" (2017)
 * @example
 * const { images, factors } = generateShapes({ count: 100, seed: 1 });
 */
export function generateShapes(options: GenerateShapesOptions): ShapeSet {
  checkOptions('generateShapes', options, RULES);
  const { count, seed = 0, firstIndex = 0 } = options;
  const pixels = SHAPE_SIDE * SHAPE_SIDE;
  if (count * pixels > MOST_BYTES || firstIndex + count > 2 ** 32) {
    throw new LatentkitError(
      'E_LIMIT',
      `generateShapes: ${count} images from index ${firstIndex} on are ${count * pixels} bytes, of at most 2^32, as are indices`,
    );
  }
  const images = new Uint8Array(count * pixels);
  const labels = new Uint8Array(count);
  const factors = new Float32Array(count * SHAPE_FACTORS.length);
  for (let i = 0; i < count; i++) {
    const random = createRandom({ seed, stream: Stream.shapes, index: firstIndex + i });
    const drawn = SHAPE_FACTORS.map((name) => [name, random.integer(SHAPE_SIZES[name])] as const);
    const values = Object.fromEntries(drawn) as ShapeValues;
    drawShape(values, images.subarray(i * pixels, (i + 1) * pixels));
    labels[i] = values.shape;
    factors.set(
      SHAPE_FACTORS.map((name) => values[name]),
      i * SHAPE_FACTORS.length,
    );
  }
  return {
    shape: { height: SHAPE_SIDE, width: SHAPE_SIDE, channels: 1 },
    ...{ count, images, labels },
    factors: { names: SHAPE_FACTORS, sizes: SHAPE_FACTORS.map((name) => SHAPE_SIZES[name]), values: factors },
  };
}

export interface ShapesDatasetOptions {
  /** Training images; 20,000 by default. */
  train?: number;
  /** Validation images; 2,000 by default. */
  validation?: number;
  seed?: number;
}

const VALIDATION_FIRST_INDEX = 2_000_000_000; // as the drawn digits have it

/**
 * The drawn shapes, split: training images have the indices from 0 on, validation images those from 2,000,000,000 on.
 *
 * @throws as {@link generateShapes}.
 * @example
 * const { train, validation } = shapesDataset({ train: 5000, validation: 500 });
 */
export function shapesDataset(options: ShapesDatasetOptions = {}): Dataset & {
  readonly train: ShapeSet;
  readonly validation: ShapeSet;
} {
  checkOptions('shapesDataset', options, { train: whole(1), validation: whole(1), seed: seedRule });
  const { train = 20_000, validation = 2_000, seed = 0 } = options;
  return {
    name: 'shapes',
    train: generateShapes({ count: train, seed }),
    validation: generateShapes({ count: validation, seed, firstIndex: VALIDATION_FIRST_INDEX }),
    classNames: SHAPE_NAMES,
  };
}
