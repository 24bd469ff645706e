import {
  createRandom,
  type ImageSet,
  pixelCount,
  pixelsToFloats,
  Stream,
  spreadPixels,
} from '@latentkit/core';

/**
 * Where pixel values go: [0, 1], or [-1, 1] for models whose output is a tanh; `'own'` leaves floats as they are, whatever
 * they are, for likelihoods that read any numbers.
 */
export type PixelRange = readonly [0, 1] | readonly [-1, 1] | 'own';

/** How pixels become coins: not at all, once for all epochs, or anew in every epoch. */
export type Binarization = 'none' | 'fixed' | 'dynamic';

export interface FillImageOptions {
  binarize: Binarization;
  range: PixelRange;
  seed: number;
  epoch: number;
}

/**
 * Writes image `index` of a set into `out` at `offset` as floats. A draw depends on the seed, epoch, image and pixel alone.
 *
 * @param at the image's place in `set`, where that holds only some images of another.
 */
export function fillImage(
  { images, shape }: Pick<ImageSet, 'images' | 'shape'>,
  index: number,
  out: Float32Array<ArrayBuffer>,
  offset: number,
  { binarize, range, seed, epoch }: FillImageOptions,
  at = index,
): void {
  const pixels = pixelCount(shape);
  const start = at * pixels;
  const floats = pixelsToFloats(
    images.subarray(start, start + pixels),
    out.subarray(offset, offset + pixels),
  );
  if (binarize !== 'none') {
    const step = binarize === 'dynamic' ? epoch : 0;
    const random = createRandom({ seed, stream: Stream.binarize, step, index });
    for (let i = 0; i < pixels; i++) floats[i] = random.uniform() < floats[i]! ? 1 : 0;
  }
  if (range !== 'own') spreadPixels(floats, range);
}
