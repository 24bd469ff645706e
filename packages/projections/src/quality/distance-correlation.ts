import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { checkOptions } from '@latentkit/core/options';
import type { Points } from '../points.ts';
import { runPieces } from '../work.ts';
import { PAIR_RULES, type PairOptions, QUALITY_STEPS, requireMap } from './check.ts';
import { distanceBetween } from './distance-between.ts';

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
  options: PairOptions = {},
): Promise<number> {
  checkOptions('distanceCorrelation', options, PAIR_RULES);
  const { seed = 0, metric = 'euclidean' } = options;
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

/**
 * Spearman's correlation: Pearson's of ranks, equal numbers having the mean of theirs; 0 if all of one side are equal. In
 * bounded pieces.
 */
export function* rankCorrelation(x: readonly number[], y: readonly number[]): Generator<void, number> {
  const a = ranksOf(x);
  yield;
  const b = ranksOf(y);
  yield;
  const mean = (x.length + 1) / 2;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [u, v] = [a[i]! - mean, b[i]! - mean];
    ab += u * v;
    aa += u * u;
    bb += v * v;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

/** By sorting numbers and looking each up, which is several times as fast as sorting by a comparison. */
function ranksOf(numbers: readonly number[]): Float64Array {
  const sorted = Float64Array.from(numbers).sort();
  const ranks = new Float64Array(numbers.length);
  for (let i = 0; i < ranks.length; i++) {
    const number = numbers[i]!;
    ranks[i] = (countBelow(sorted, number, false) + 1 + countBelow(sorted, number, true)) / 2;
  }
  return ranks;
}

function countBelow(sorted: Float64Array, number: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = sorted[middle]!;
    if (other < number || (orEqual && other === number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
