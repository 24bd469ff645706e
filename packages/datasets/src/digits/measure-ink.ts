/** Where the ink of an image is: its centre of mass, and the first and last columns and rows that have any. */
export interface InkMeasure {
  /** Column of the centre of mass, in pixels from the centre of the first one. */
  readonly x: number;
  /** Row of the centre of mass. */
  readonly y: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Measures the ink of a square grey image; the centre of mass is `sum(ink * position) / sum(ink)`.
 *
 * @param image `[side, side]` bytes, row by row; without any ink, the whole image is the box and its middle the centre.
 * @example
 * measureInk(new Uint8Array([0, 10, 0, 30]), 2); // { x: 1, y: 0.75, left: 1, right: 1, top: 0, bottom: 1 }
 */
export function measureInk(image: Uint8Array, side: number): InkMeasure {
  let [mass, massX, massY] = [0, 0, 0];
  let [left, right, top, bottom] = [side, -1, side, -1];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const ink = image[row * side + column]!;
      if (ink === 0) continue;
      mass += ink;
      massX += ink * column;
      massY += ink * row;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = row;
    }
  }
  if (mass > 0) return { x: massX / mass, y: massY / mass, left, right, top, bottom };
  return { x: (side - 1) / 2, y: (side - 1) / 2, left: 0, right: side - 1, top: 0, bottom: side - 1 };
}
