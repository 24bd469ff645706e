import { createRandom, Stream } from '@latentkit/core';
import type { Points } from '../points.ts';

/** Points of these numbers, row after row. */
export function makePoints(count: number, dimensions: number, number: (i: number) => number): Points {
  return {
    data: Float32Array.from({ length: count * dimensions }, (_, i) => number(i)),
    count,
    dimensions,
  };
}

/** Normal points, the same at each call with the same `index`. */
export function gaussianPoints(
  count: number,
  dimensions: number,
  { index = 0, scale = 1, offset = 0 } = {},
): Points {
  const random = createRandom({ seed: 7, stream: Stream.sample, index });
  return makePoints(count, dimensions, () => offset + scale * random.normal());
}
