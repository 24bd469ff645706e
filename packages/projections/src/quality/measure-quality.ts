import { Stream } from '@latentkit/core';
import { anything, checkOptions, type OptionRules, whole } from '@latentkit/core/options';
import type { Points } from '../points.ts';
import { randomSubset } from '../random-subset.ts';
import { runPieces } from '../work.ts';
import { QUALITY_RULES, QUALITY_STEPS, requireK, requireLabels, requireMap } from './check.ts';
import { correlateDistances } from './distance-correlation.ts';
import { voteShare } from './label-accuracy.ts';
import { sharedNeighbors } from './neighbor-recall.ts';
import { createSpace, type Space } from './space.ts';
import { agreeingTriplets } from './triplet-accuracy.ts';
import { rankScore } from './trustworthiness.ts';

export interface QualityOptions {
  /** One number a point, for `labelAccuracy`; below 0 for a point of no class. */
  labels?: ArrayLike<number>;
  /** Neighbours; below half the points that are used. */
  k?: number;
  /** Of the subsample, the triplets and the pairs. */
  seed?: number;
  /** Of more points than this a random subsample is measured. */
  most?: number;
  /** Of the data; distances in the map are euclidean. */
  metric?: 'euclidean' | 'cosine';
  signal?: AbortSignal;
}

const RULES: OptionRules<QualityOptions> = {
  ...QUALITY_RULES,
  labels: anything,
  most: whole(1),
  signal: anything,
};

/** How good a map is, by the functions of these names. */
export interface Quality {
  readonly trustworthiness: number;
  readonly continuity: number;
  readonly neighborRecall: number;
  /** Undefined without labels, NaN where no point has a class. */
  readonly labelAccuracy: number | undefined;
  readonly tripletAccuracy: number;
  readonly distanceCorrelation: number;
  readonly k: number;
  /** Points that were measured: all, or those of the subsample. */
  readonly count: number;
  /** Points there are. */
  readonly total: number;
}

/**
 * Measures how good a map is in every way that this package knows, in one go over the distances.
 *
 * Gives way to the event loop every 50 ms; rejects with the signal's reason when it is aborted.
 *
 * @throws `E_RANGE` unless `1 <= k < n / 2`, n being the points that are used; `E_SHAPE`, `E_NOT_FINITE`, `E_LIMIT`.
 * @example
 * const quality = await measureQuality(points, { data: embedding, count: points.count, dimensions: 2 }, { labels });
 * quality.trustworthiness; // 0.95
 */
export async function measureQuality(
  points: Points,
  embedding: Points,
  options: QualityOptions = {},
): Promise<Quality> {
  const where = 'measureQuality';
  checkOptions(where, options, RULES);
  const { labels, k = 12, seed = 0, most = 10_000, metric = 'euclidean', signal } = options;
  requireMap(points, embedding, where);
  if (labels !== undefined) requireLabels(labels, points.count, where);
  const total = points.count;
  const used = Math.min(total, most);
  requireK(k, used / 2, `half of the ${used} points measured`, where);
  const address = { seed, stream: Stream.quality, step: QUALITY_STEPS.subsample };
  const sample = used < total ? randomSubset(total, used, address) : undefined;
  const [data, map] = sample ? [take(points, sample), take(embedding, sample)] : [points, embedding];
  const usedLabels = labels && sample ? Array.from(sample, (i) => labels[i]!) : labels;
  const mapSpace = await createSpace(map, { k, where });
  const dataSpace = await createSpace(data, { k, metric, where });
  return {
    ...(await runPieces(neighborQuality(dataSpace, mapSpace, k, usedLabels), signal)),
    tripletAccuracy: await runPieces(agreeingTriplets(data, map, { seed, metric }), signal),
    distanceCorrelation: await runPieces(correlateDistances(data, map, { seed, metric }), signal),
    ...{ k, count: used, total },
  };
}

function* neighborQuality(
  data: Space,
  map: Space,
  k: number,
  labels: ArrayLike<number> | undefined,
): Generator<unknown, Pick<Quality, 'trustworthiness' | 'continuity' | 'neighborRecall' | 'labelAccuracy'>> {
  const inMap = yield* map.neighbors(k);
  const { graph: inData, ranks } = yield* data.neighborsAndRanks(k, inMap.indices);
  return {
    trustworthiness: rankScore(ranks, k),
    continuity: rankScore(yield* map.ranks(inData.indices), k),
    neighborRecall: sharedNeighbors(inData, inMap),
    labelAccuracy: labels && voteShare(inMap, labels),
  };
}

function take({ data, dimensions }: Points, rows: Uint32Array): Points {
  const taken = new Float32Array(rows.length * dimensions);
  rows.forEach((row, i) => {
    taken.set(data.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
  });
  return { data: taken, count: rows.length, dimensions };
}
