import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { checkOptions } from '@latentkit/core/options';
import type { Points } from '../points.ts';
import { runPieces } from '../work.ts';
import { PAIR_RULES, type PairOptions, QUALITY_STEPS, requireMap } from './check.ts';
import { distanceBetween } from './distance-between.ts';

const NUMBERS_A_PIECE = 4e6;

/**
 * How well the map keeps the large: the share of random triplets (i, j, l) for which it agrees with the data on which of j
 * and l is nearer to i. 1 is best, a random map has 0.5.
 *
 * Five triplets a point: each point with five pairs of others. Wang, Huang, Rudin and Shaposhnik, Understanding how
 * dimension reduction tools work, JMLR 22 (2021).
 *
 * @param metric of the data; distances in the map are euclidean.
 * @throws `E_RANGE` for fewer than 3 points; `E_SHAPE`, `E_NOT_FINITE`.
 * @example
 * await tripletAccuracy(points, { data: embedding, count: points.count, dimensions: 2 }, { seed: 1 });
 */
export async function tripletAccuracy(
  points: Points,
  embedding: Points,
  options: PairOptions = {},
): Promise<number> {
  checkOptions('tripletAccuracy', options, PAIR_RULES);
  const { seed = 0, metric = 'euclidean' } = options;
  requireMap(points, embedding, 'tripletAccuracy');
  if (points.count < 3) {
    throw new LatentkitError('E_RANGE', `tripletAccuracy: expected at least 3 points, got ${points.count}`);
  }
  return runPieces(agreeingTriplets(points, embedding, { seed, metric }));
}

/** The share, in bounded pieces. */
export function* agreeingTriplets(
  points: Points,
  embedding: Points,
  { seed, metric }: { seed: number; metric: 'euclidean' | 'cosine' },
): Generator<void, number> {
  const { count, dimensions } = points;
  const random = createRandom({ seed, stream: Stream.quality, step: QUALITY_STEPS.triplets });
  const inData = distanceBetween(points, metric);
  const inMap = distanceBetween(embedding, 'euclidean');
  const triplets = 5 * count;
  const piece = Math.ceil(NUMBERS_A_PIECE / (2 * dimensions));
  let agree = 0;
  for (let t = 0; t < triplets; t++) {
    const i = t % count;
    // Any two others: skip i, then skip i and j.
    let j = random.integer(count - 1);
    if (j >= i) j++;
    let l = random.integer(count - 2);
    for (const taken of i < j ? [i, j] : [j, i]) if (l >= taken) l++;
    const sign = Math.sign(inData(i, j) - inData(i, l));
    if (sign === Math.sign(inMap(i, j) - inMap(i, l))) agree++;
    if (t % piece === piece - 1) yield;
  }
  return agree / triplets;
}
