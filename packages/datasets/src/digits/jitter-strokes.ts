import type { Random } from '@latentkit/core';
import type { Point } from './digit-style.ts';

/**
 * The strokes of one attempt at a style: each place moved by `amount` times two standard normal numbers.
 *
 * The two halves of a corner move together, so that it stays a corner; all else moves alone, so that rings close badly
 * and strokes miss each other as by hand.
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
    const places: number[] = [];
    let previous: Point | undefined;
    for (const point of stroke) {
      const [x, y] = point;
      const end = places.length;
      if (previous !== undefined && previous[0] === x && previous[1] === y) {
        places.push(places[end - 2]!, places[end - 1]!);
      } else {
        places.push(x + amount * random.normal(), y + amount * random.normal());
      }
      previous = point;
    }
    return places;
  });
}
