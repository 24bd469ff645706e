import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import type { Points } from '../points.ts';
import { distanceBetween } from './distance-between.ts';
import { QUALITY_STEPS } from './quality-steps.ts';
import { rankCorrelation } from './rank-correlation.ts';
import { requireMap } from './require-map.ts';
import { runPieces } from './run-pieces.ts';

const MOST_PAIRS = 50_000;
const NUMBERS_A_PIECE = 4e6;

/**
 * How well distances in the map follow those in the data: Spearman's rank correlation over pairs of points, all of them
 * up to 50,000, otherwise 50,000 random ones. 1 is best, a random map has about 0; 0 too where all distances are equal, and it is undefined.
 *
 * @param metric of the data; distances in the map are euclidean.
 * @throws `E_RANGE` for fewer than 2 points; `E_SHAPE`, `E_NOT_FINITE`.
 * @example
 * await distanceCorrelation(points, { data: embedding, count: points.count, dimensions: 2 }, { seed: 1 });
 */
export async function distanceCorrelation(
  points: Points,
  embedding: Points,
  { seed = 0, metric = 'euclidean' }: { seed?: number; metric?: 'euclidean' | 'cosine' } = {},
): Promise<number> {
  requireMap(points, embedding, 'distanceCorrelation');
  if (points.count < 2) {
    throw new LatentkitError(
      'E_RANGE',
      `distanceCorrelation: expected at least 2 points, got ${points.count}`,
    );
  }
  return runPieces(correlateDistances(points, embedding, { seed, metric }));
}

/** The correlation, in bounded pieces. */
export function* correlateDistances(
  points: Points,
  embedding: Points,
  { seed, metric }: { seed: number; metric: 'euclidean' | 'cosine' },
): Generator<void, number> {
  const inData = distanceBetween(points, metric);
  const inMap = distanceBetween(embedding, 'euclidean');
  const piece = Math.ceil(NUMBERS_A_PIECE / points.dimensions);
  const distances: [number[], number[]] = [[], []];
  for (const [i, j] of pairs(points.count, seed)) {
    distances[0].push(inData(i, j));
    distances[1].push(inMap(i, j));
    if (distances[0].length % piece === 0) yield;
  }
  return yield* rankCorrelation(...distances);
}

function* pairs(count: number, seed: number): Generator<[number, number]> {
  if ((count * (count - 1)) / 2 <= MOST_PAIRS) {
    for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) yield [i, j];
    return;
  }
  const random = createRandom({ seed, stream: Stream.quality, step: QUALITY_STEPS.pairs });
  for (let pair = 0; pair < MOST_PAIRS; pair++) {
    const i = random.integer(count);
    const j = random.integer(count - 1);
    yield [i, j < i ? j : j + 1];
  }
}
