import { createRandom, Stream } from '@latentkit/core';
import { expect, it } from 'vitest';
import type { Points } from '../points.ts';
import { createSpace } from '../quality/space.ts';
import { gaussianPoints, makePoints } from '../testing/make-points.ts';
import { naiveRanks } from '../testing/naive-ranks.ts';

/** Ranks of random others: as counted, and as sorted. */
async function expectNaive(points: Points, k: number, metric: 'euclidean' | 'cosine' = 'euclidean') {
  await expectRanks(points, k, naiveRanks(points, metric), metric);
}

async function expectRanks(
  points: Points,
  k: number,
  all: number[][],
  metric: 'euclidean' | 'cosine' = 'euclidean',
) {
  const { count } = points;
  const random = createRandom({ seed: 3, stream: Stream.sample });
  const others = Int32Array.from({ length: count * k }, (_, at) => {
    const i = Math.floor(at / k);
    return (i + 1 + ((random.integer(count - 1) + at) % (count - 1))) % count;
  });
  const space = await createSpace(points, { k, metric, where: 'test' });
  const pieces = space.ranks(others);
  let piece = pieces.next();
  while (!piece.done) piece = pieces.next();
  const expected = Array.from({ length: count }, (_, i) =>
    Array.from(others.subarray(i * k, (i + 1) * k), (j) => all[i]![j]!).sort((a, b) => a - b),
  );
  expect([...piece.value]).toEqual(expected.flat());
}

it.each([2, 3, 5, 17, 255, 257, 600])('counts the ranks of %i points', async (count) => {
  for (const dimensions of [1, 2, 17]) {
    const points = gaussianPoints(count, dimensions);
    const all = naiveRanks(points);
    for (const k of [1, 4, 7]) await expectRanks(points, k, all);
  }
});

it('counts equally far points by index: all points equal, on a small grid', async () => {
  await expectNaive(
    makePoints(300, 3, () => 0.1),
    5,
  );
  await expectNaive(
    makePoints(300, 2, (i) => (i * 7919) % 5),
    5,
  );
});

it('is exact where float32 products are not: clusters far from their mean, an outlier', async () => {
  const near = gaussianPoints(200, 3, { scale: 0.01, offset: 1000 });
  const far = gaussianPoints(100, 3, { scale: 0.01, offset: -4000, index: 1 });
  await expectNaive({ data: Float32Array.from([...near.data, ...far.data]), count: 300, dimensions: 3 }, 6);
  const outlier = gaussianPoints(300, 5);
  outlier.data[700] = 1e15;
  await expectNaive(outlier, 6);
});

it('counts by the cosine in float64: zero vectors, narrow bundles of directions', async () => {
  const points = gaussianPoints(120, 4);
  points.data.fill(0, 4 * 10, 4 * 13);
  await expectNaive(points, 5, 'cosine');
  await expectNaive(gaussianPoints(150, 3, { scale: 1e-3, offset: 100 }), 5, 'cosine');
});
