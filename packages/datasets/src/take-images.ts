import { type ImageSet, LatentkitError, pixelCount } from '@latentkit/core';

/**
 * The images at some indices of a set, copied, in the order of the indices; labels go with them.
 *
 * @throws `E_RANGE` for an index outside the set.
 * @example
 * const shape = { height: 1, width: 1, channels: 1 };
 * takeImages({ shape, count: 3, images: new Uint8Array([5, 6, 7]) }, [2, 0]).images; // Uint8Array [7, 5]
 */
export function takeImages(set: ImageSet, indices: ArrayLike<number>): ImageSet {
  const { shape, count, images, labels } = set;
  const pixels = pixelCount(shape);
  const size = indices.length * pixels;
  const taken = images instanceof Uint8Array ? new Uint8Array(size) : new Float32Array(size);
  const takenLabels = labels && new Uint8Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new LatentkitError(
        'E_RANGE',
        `takeImages: expected indices from 0 to ${count - 1}, got ${index} at position ${i}`,
      );
    }
    taken.set(images.subarray(index * pixels, (index + 1) * pixels), i * pixels);
    if (labels && takenLabels) takenLabels[i] = labels[index]!;
  }
  return {
    shape,
    count: indices.length,
    images: taken,
    ...(takenLabels && { labels: takenLabels }),
  };
}
