import type { Random } from '@latentkit/core';
import type { Point } from './digit-style.ts';

const KEPT = 0.6; // how much of one place's error the next one inherits
const NEW = 0.8; // sqrt(1 - KEPT^2)

/**
 * The strokes of one attempt at a style: each place moved by a hand that drifts.
 *
 * Along a stroke the error is `e_k = 0.6 e_(k-1) + 0.8 amount z_k`, `e_0 = amount z_0`, with two standard normal numbers
 * `z_k` a place: as wide as independent errors, but bows stay bows. The two halves of a corner move together; strokes
 * move apart, so that rings close badly and strokes miss each other as by hand.
 *
 * @param strokes places, in units of the digit's height.
 * @param amount standard deviation, in the same unit.
 * @returns for each stroke `[x0, y0, x1, y1, ...]`.
 * @example
 * jitterStrokes([[[0, 0], [0, 1]]], 0, createRandom({ seed: 1, stream: Stream.digits })); // [[0, 0, 0, 1]]
 */
export function jitterStrokes(
  strokes: readonly (readonly Point[])[],
  amount: number,
  random: Random,
): number[][] {
  return strokes.map((stroke) => {
    let errorX = amount * random.normal();
    let errorY = amount * random.normal();
    const places: number[] = [];
    for (const [k, [x, y]] of stroke.entries()) {
      const before = stroke[k - 1];
      if (before !== undefined && !(before[0] === x && before[1] === y)) {
        errorX = KEPT * errorX + NEW * amount * random.normal();
        errorY = KEPT * errorY + NEW * amount * random.normal();
      }
      places.push(x + errorX, y + errorY);
    }
    return places;
  });
}
