import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Points } from '../points.ts';
import { gaussianPoints, makePoints } from '../testing/make-points.ts';
import { distanceCorrelation } from './distance-correlation.ts';
import { labelAccuracy } from './label-accuracy.ts';
import { measureQuality } from './measure-quality.ts';
import { neighborRecall } from './neighbor-recall.ts';
import { tripletAccuracy } from './triplet-accuracy.ts';
import { continuity, trustworthiness } from './trustworthiness.ts';

interface Case {
  count: number;
  dimensions: number;
  points: number[];
  embedding: number[];
  labels: number[];
  distanceCorrelation: number;
  of: {
    k: number;
    trustworthiness: number;
    cosineTrustworthiness: number;
    continuity: number;
    neighborRecall: number;
    labelAccuracy: number | null;
  }[];
}

const fixture = new URL('../../fixtures/quality.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };

describe.each(cases)(
  'of $count points in $dimensions dimensions, as scikit-learn and SciPy have it',
  (one) => {
    const { count, dimensions, labels } = one;
    const points: Points = { data: Float32Array.from(one.points), count, dimensions };
    const map: Points = { data: Float32Array.from(one.embedding), count, dimensions: 2 };

    it.each(one.of)('k = $k', async (expected) => {
      const { k } = expected;
      expect(await trustworthiness(points, map, { k })).toBeCloseTo(expected.trustworthiness, 12);
      expect(await trustworthiness(points, map, { k, metric: 'cosine' })).toBeCloseTo(
        expected.cosineTrustworthiness,
        12,
      );
      expect(await continuity(points, map, { k })).toBeCloseTo(expected.continuity, 12);
      expect(await neighborRecall(points, map, { k })).toBeCloseTo(expected.neighborRecall, 12);
      if (expected.labelAccuracy !== null) {
        expect(await labelAccuracy(map, labels, { k })).toBeCloseTo(expected.labelAccuracy, 12);
      }
      expect(await measureQuality(points, map, { k, labels, seed: 5 })).toEqual({
        trustworthiness: await trustworthiness(points, map, { k }),
        continuity: await continuity(points, map, { k }),
        neighborRecall: await neighborRecall(points, map, { k }),
        labelAccuracy: await labelAccuracy(map, labels, { k }),
        tripletAccuracy: await tripletAccuracy(points, map, { seed: 5 }),
        distanceCorrelation: await distanceCorrelation(points, map, { seed: 5 }),
        ...{ k, count, total: count },
      });
    });

    it('Spearman correlation of all distances', async () => {
      expect(await distanceCorrelation(points, map)).toBeCloseTo(one.distanceCorrelation, 12);
    });
  },
);

it('gives 1 in every way to a map that is the data', async () => {
  const points = gaussianPoints(100, 2);
  const labels = points.data.filter((_, i) => i % 2 === 0).map(Math.sign);
  expect(await measureQuality(points, points, { labels })).toMatchObject({
    ...{ trustworthiness: 1, continuity: 1, neighborRecall: 1, tripletAccuracy: 1 },
    labelAccuracy: expect.closeTo(1, 1),
  });
  expect(await distanceCorrelation(points, points)).toBeCloseTo(1, 12);
});

it('is low for a folded line, and what chance gives for random maps', async () => {
  // On a line, the map folds the far end next to the near one: k = 1, worst ranks n - 1.
  const line = makePoints(6, 1, (i) => [0, 1, 2, 100, 101.5, 103.2][i]!);
  const folded = makePoints(6, 1, (i) => [0, 10.1, 20.3, 20.4, 10, 0.05][i]!);
  const worst = await trustworthiness(line, folded, { k: 1 });
  expect(worst).toBeLessThan(0.3);
  const [data, map] = [gaussianPoints(2000, 5), gaussianPoints(2000, 2, { index: 1 })];
  expect(await trustworthiness(data, map)).toBeCloseTo(0.5, 1);
  expect(await tripletAccuracy(data, map)).toBeCloseTo(0.5, 1);
  expect(await distanceCorrelation(data, map)).toBeCloseTo(0, 1);
  expect(await neighborRecall(data, map)).toBeCloseTo(12 / 1999, 2);
});

it('lets the nearest decide where labels tie', async () => {
  const map = makePoints(5, 1, (i) => [0, 1, 2, 30, 41][i]!);
  // k = 2: the neighbours of 0 are 1 and 2, of 1: 0 (lower index) and 2, of 2: 1 and 0, of 3: 4 and 2, of 4: 3 and 2.
  expect(await labelAccuracy(map, [7, 7, 8, 9, 9], { k: 2 })).toBe(4 / 5);
});

it('counts points of a class alone, and their votes', async () => {
  const map = makePoints(5, 1, (i) => [0, 1, 2, 30, 41][i]!);
  // Of 0 and 1 the nearest neighbour is of their class; of 2 both are of another. As a class of its own, -1 would give 4 / 5.
  expect(await labelAccuracy(map, [7, 7, 8, -1, -1], { k: 2 })).toBe(2 / 3);
  expect(await labelAccuracy(map, [-1, -1, -1, -1, -1], { k: 2 })).toBeNaN();
});

it('stops by a signal between two pieces', async () => {
  const [data, map] = [gaussianPoints(3000, 20), gaussianPoints(3000, 2, { index: 1 })];
  const stop = new AbortController();
  setImmediate(() => stop.abort(new Error('enough')));
  await expect(measureQuality(data, map, { signal: stop.signal })).rejects.toThrow('enough');
});

it('draws triplets and pairs by the seed', async () => {
  const [data, map] = [gaussianPoints(400, 5), gaussianPoints(400, 2, { index: 1 })];
  for (const measure of [tripletAccuracy, distanceCorrelation]) {
    expect(await measure(data, map, { seed: 1 })).toBe(await measure(data, map, { seed: 1 }));
    expect(await measure(data, map, { seed: 1 })).not.toBe(await measure(data, map, { seed: 2 }));
  }
});

it('calls a correlation with equal distances 0', async () => {
  const flat = makePoints(20, 2, () => 1);
  expect(await distanceCorrelation(gaussianPoints(20, 3), flat)).toBe(0);
});

it('measures a seeded subsample of more points than `most`, and says so', async () => {
  const data = gaussianPoints(600, 5);
  const map = makePoints(600, 2, (i) => data.data[Math.floor(i / 2) * 5 + (i % 2)]!);
  const labels = Array.from({ length: 600 }, (_, i) => i % 3);
  const quality = (seed: number) => measureQuality(data, map, { labels, most: 200, seed });
  const first = await quality(1);
  expect(first).toMatchObject({ count: 200, total: 600, k: 12 });
  expect(await quality(1)).toEqual(first);
  expect((await quality(2)).trustworthiness).not.toBe(first.trustworthiness);
  const all = await measureQuality(data, map, { labels });
  expect(Math.abs(first.trustworthiness - all.trustworthiness)).toBeLessThan(0.05);
});

describe('refuses', () => {
  const data = gaussianPoints(20, 3);
  const map = gaussianPoints(20, 2);
  const nan: Points = { ...map, data: map.data.with(5, Number.NaN) };
  it.each<[string, () => Promise<unknown>, string, string]>([
    ['k of half the points', () => trustworthiness(data, map, { k: 10 }), 'E_RANGE', 'half of the 20 points'],
    ['k of half the points', () => continuity(data, map, { k: 10 }), 'E_RANGE', 'half of the 20 points'],
    ['k of half the points', () => measureQuality(data, map, { most: 18, k: 9 }), 'E_RANGE', '18 points'],
    ['k of all points', () => neighborRecall(data, map, { k: 20 }), 'E_RANGE', 'below the 20 points'],
    ['k of 0', () => labelAccuracy(map, new Uint8Array(20), { k: 0 }), 'E_RANGE', 'got 0'],
    ['too few labels', () => measureQuality(data, map, { labels: [1], k: 5 }), 'E_SHAPE', '20 labels'],
    ['too many labels', () => labelAccuracy(map, new Uint8Array(21)), 'E_SHAPE', 'got 21'],
    [
      'a label that is none',
      () => labelAccuracy(map, new Float32Array(20).fill(Number.NaN)),
      'E_NOT_FINITE',
      'label 0',
    ],
    [
      'another count',
      () => trustworthiness(data, gaussianPoints(19, 2)),
      'E_SHAPE',
      '20 points of the data, got 19',
    ],
    ['NaN in the map', () => measureQuality(data, nan), 'E_NOT_FINITE', 'row 2, column 1'],
    [
      'two points',
      () => tripletAccuracy(gaussianPoints(2, 3), gaussianPoints(2, 2)),
      'E_RANGE',
      'at least 3',
    ],
    [
      'a point',
      () => distanceCorrelation(gaussianPoints(1, 3), gaussianPoints(1, 2)),
      'E_RANGE',
      'at least 2',
    ],
    ['a subsample of none', () => measureQuality(data, map, { most: 0 }), 'E_RANGE', 'most'],
    ['a list', () => measureQuality([[1, 2]] as never, map), 'E_USAGE', 'got Array'],
    [
      'a map that is an array alone',
      () => trustworthiness(data, map.data as never),
      'E_USAGE',
      'Float32Array',
    ],
    [
      'a list in points',
      () => continuity({ ...data, data: [...data.data] as never }, map),
      'E_USAGE',
      'data must',
    ],
    ['a misspelt option', () => measureQuality(data, map, { label: [] } as never), 'E_CONFIG', "'labels'"],
    [
      'a misspelt option',
      () => neighborRecall(data, map, { metrik: 'cosine' } as never),
      'E_CONFIG',
      "'metric'",
    ],
    ['another metric', () => tripletAccuracy(data, map, { metric: 'l1' } as never), 'E_UNKNOWN_NAME', "'l1'"],
    ['a seed in quotes', () => distanceCorrelation(data, map, { seed: '1' } as never), 'E_RANGE', "'1'"],
    ['no labels', () => labelAccuracy(map, null as never), 'E_SHAPE', 'got null'],
  ])('%s', async (_, measure, code, message) => {
    await expect(measure()).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
