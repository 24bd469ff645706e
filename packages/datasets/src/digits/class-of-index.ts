import { permutation, Stream } from '@latentkit/core';

const CLASSES = 10;
const CLASS_ORDER = 1; // the step that tells the order of the classes from the drawing of an image

/**
 * The class of an image: each ten indices `10 b ... 10 b + 9` hold every class once, in a random order of their own.
 *
 * Depends on the seed and the index alone, and any run of ten aligned images is balanced.
 *
 * @example
 * Array.from({ length: 10 }, (_, i) => classOfIndex(0, i)).sort(); // [0, 1, ..., 9]
 */
export function classOfIndex(seed: number, index: number): number {
  const block = Math.floor(index / CLASSES);
  return permutation(CLASSES, { seed, stream: Stream.digits, step: CLASS_ORDER, index: block })[
    index % CLASSES
  ]!;
}
