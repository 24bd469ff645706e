/**
 * Where the ink of a square grey image balances: `sum(ink * position) / sum(ink)`.
 *
 * @param image `[side, side]` bytes, row by row.
 * @returns column and row, in pixels from the centre of the first one; the image's middle where there is no ink.
 * @example
 * centreOfMass(new Uint8Array([0, 10, 0, 30]), 2); // { x: 1, y: 0.75 }
 */
export function centreOfMass(image: Uint8Array, side: number): { x: number; y: number } {
  let [mass, massX, massY] = [0, 0, 0];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const ink = image[row * side + column]!;
      mass += ink;
      massX += ink * column;
      massY += ink * row;
    }
  }
  if (mass === 0) return { x: (side - 1) / 2, y: (side - 1) / 2 };
  return { x: massX / mass, y: massY / mass };
}
