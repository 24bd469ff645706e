import { pixelCount, pixelsToFloats } from '@latentkit/core';
import { anything, checkOptions, checkValue, type OptionRules } from '@latentkit/core/options';
import { drawImageRows } from '@latentkit/figures';
import type { Codes, LabelOptions } from '@latentkit/models';
import {
  countRule,
  LOOK_RULES,
  type Picture,
  type PictureLook,
  type PictureModel,
  pictureModelRule,
} from './picture.ts';

export interface ReconstructImagesOptions extends LabelOptions, PictureLook {}

const RULES: OptionRules<ReconstructImagesOptions> = {
  label: anything, // encode and drawImageRows look at these
  ...LOOK_RULES,
};

/** What a model gave back, and how well. */
export interface ReconstructedImages extends Picture {
  /** The codes; `latent` is their mean. */
  readonly codes: Codes;
  /** Mean squared error of each image over its numbers, in float64. */
  readonly errors: readonly number[];
}

const MOST_IN_ROW = 16;

/**
 * Images over what their mean codes decode to, as a picture.
 *
 * @param images `[count, height, width, channels]`, bytes or floats as the model reads them, at most 10,000.
 * @param options.label a class for all, or a class each: what a conditional model is told.
 * @throws `E_RANGE` for too many; as `encode` and `drawImageRows` do.
 * @example
 * const run = await loadRun('runs/first');
 * const { set } = await loadRunImages(run, 'runs/first');
 * const { svg, errors } = await reconstructImages(run, set.images.subarray(0, 10 * 784));
 */
export async function reconstructImages(
  model: PictureModel,
  images: Uint8Array | Float32Array,
  options: ReconstructImagesOptions = {},
): Promise<ReconstructedImages> {
  checkValue('reconstructImages', 'model', model, pictureModelRule);
  checkOptions('reconstructImages', options, RULES);
  const { label, title = 'Reconstructions', subtitle, width } = options;
  const { image: shape } = model.spec;
  const told = label === undefined ? undefined : { label };
  const size = pixelCount(shape);
  if (images instanceof Uint8Array || images instanceof Float32Array) {
    checkValue('reconstructImages', 'the number of images', Math.ceil(images.length / size), countRule);
  }
  const codes = await model.encode(images, told);
  const back = await model.decode(codes.mean, told);
  const originals = pixelsToFloats(images);
  const count = originals.length / size;
  const bands = Math.ceil(count / MOST_IN_ROW);
  const columns = Math.ceil(count / bands);
  const both = new Float32Array(2 * bands * columns * size);
  for (let i = 0; i < count; i++) {
    const at = (2 * Math.floor(i / columns) * columns + (i % columns)) * size;
    both.set(originals.subarray(i * size, (i + 1) * size), at);
    both.set(back.subarray(i * size, (i + 1) * size), at + columns * size);
  }
  const svg = drawImageRows(
    {
      ...{ images: both, shape },
      rows: Array.from({ length: 2 * bands }, (_, row) => ({
        name: row % 2 === 0 ? 'original' : 'reconstruction',
      })),
      isBlank: (row, column) => Math.floor(row / 2) * columns + column >= count,
    },
    { title, subtitle, width },
  );
  return { latent: codes.mean, images: back, svg, codes, errors: meanSquaredErrors(originals, back, size) };
}

function meanSquaredErrors(given: Float32Array, back: Float32Array, size: number): number[] {
  return Array.from({ length: given.length / size }, (_, image) => {
    let sum = 0;
    for (let i = image * size; i < (image + 1) * size; i++) sum += (given[i]! - back[i]!) ** 2;
    return sum / size;
  });
}
