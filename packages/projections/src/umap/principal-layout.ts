import type { Random } from '@latentkit/core';
import type { Points } from '../points.ts';
import { leadingEigenvectors } from './leading-eigenvectors.ts';

/**
 * Places of the points along the directions of their largest variance; yields after each product with their covariance.
 *
 * @returns `components` vectors of a number a point; zeros beyond the dimensions of the points.
 */
export function* principalLayout(
  { data, count, dimensions }: Points,
  components: number,
  random: Random,
): Generator<void, Float64Array[]> {
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < dimensions; d++) mean[d]! += data[i * dimensions + d]! / count;
  }
  const project = (direction: Float64Array): Float64Array => {
    const places = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) sum += (data[i * dimensions + d]! - mean[d]!) * direction[d]!;
      places[i] = sum;
    }
    return places;
  };
  const directions = yield* leadingEigenvectors({
    size: dimensions,
    wanted: Math.min(components, dimensions),
    random,
    tolerance: 1e-2,
    multiply(vector, out) {
      const places = project(vector);
      for (let i = 0; i < count; i++) {
        const place = places[i]!;
        for (let d = 0; d < dimensions; d++) out[d]! += place * (data[i * dimensions + d]! - mean[d]!);
      }
    },
  });
  return Array.from({ length: components }, (_, c) =>
    c < directions.length ? project(directions[c]!) : new Float64Array(count),
  );
}
