import { createRandom, type Random, Stream } from '@latentkit/core';
import type { Points } from './expectation-maximization.ts';

const ROUNDS = 10; // of moving centres to the means of what is nearest

/**
 * Which of so many groups each point belongs to at first: centres far from each other, by the seed, each then moved to the mean of what is nearest
 * to it some times.
 *
 * @see Arthur & Vassilvitskii 2007, k-means++: The Advantages of Careful Seeding, section 2.2
 */
export function chooseStart(points: Points, groups: number, seed: number): Uint32Array {
  const centres = farCentres(points, groups, createRandom({ seed, stream: Stream.mixtureFit }));
  let nearest = nearestCentres(points, centres).index;
  for (let round = 0; round < ROUNDS; round++) {
    moveToMeans(points, centres, nearest);
    const next = nearestCentres(points, centres).index;
    if (next.every((centre, i) => centre === nearest[i])) break;
    nearest = next;
  }
  return nearest;
}

/** Points chosen one after the other, each with a probability that grows with the square of its distance from those before. */
function farCentres(points: Points, groups: number, random: Random): Float64Array {
  const { data, count, size } = points;
  const centres = new Float64Array(groups * size);
  const take = (centre: number, point: number) =>
    centres.set(data.subarray(point * size, (point + 1) * size), centre * size);
  take(0, random.integer(count));
  for (let centre = 1; centre < groups; centre++) {
    const { square } = nearestCentres(points, centres.subarray(0, centre * size));
    const total = square.reduce((sum, one) => sum + one, 0);
    take(centre, total > 0 ? placeOf(square, random.uniform() * total) : random.integer(count));
  }
  return centres;
}

/** Where a sum of positive numbers passes a mark. */
function placeOf(parts: Float64Array, mark: number): number {
  let sum = 0;
  const place = parts.findIndex((part) => {
    sum += part;
    return sum > mark;
  });
  return place < 0 ? parts.findLastIndex((part) => part > 0) : place;
}

function nearestCentres({ data, count, size }: Points, centres: Float64Array) {
  const index = new Uint32Array(count);
  const square = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let point = 0; point < count; point++) {
    for (let centre = 0; centre < centres.length / size; centre++) {
      let sum = 0;
      for (let d = 0; d < size; d++) sum += (data[point * size + d]! - centres[centre * size + d]!) ** 2;
      if (sum >= square[point]!) continue;
      square[point] = sum;
      index[point] = centre;
    }
  }
  return { index, square };
}

/** A centre that nothing is nearest to stays. */
function moveToMeans({ data, count, size }: Points, centres: Float64Array, nearest: Uint32Array): void {
  const groups = centres.length / size;
  const sums = new Float64Array(groups * size);
  const members = new Uint32Array(groups);
  for (let point = 0; point < count; point++) {
    const centre = nearest[point]!;
    members[centre]!++;
    for (let d = 0; d < size; d++) sums[centre * size + d]! += data[point * size + d]!;
  }
  for (let i = 0; i < sums.length; i++) {
    const own = members[Math.floor(i / size)]!;
    if (own > 0) centres[i] = sums[i]! / own;
  }
}
