import { describe, expect, it } from 'vitest';
import type { Points } from '../points.ts';
import { gaussianPoints, makePoints } from '../testing/make-points.ts';
import { firstNeighbors, naiveNeighbors } from '../testing/naive-neighbors.ts';
import { createNeighborSearch, type NeighborSearchOptions } from './neighbor-search.ts';

async function search(points: Points, options: NeighborSearchOptions) {
  const search = await createNeighborSearch(points, options);
  while (!search.graph) search.step();
  return search.graph;
}

async function expectNaive(points: Points, options: NeighborSearchOptions) {
  const found = await search(points, options);
  const expected = naiveNeighbors(points, options);
  expect(found.distances).toEqual(expected.distances);
  expect(found.indices).toEqual(expected.indices);
}

describe('createNeighborSearch, exact', () => {
  it.each([2, 3, 4, 5, 17, 255, 256, 257, 300])('finds the nearest of %i points', async (count) => {
    for (const dimensions of [1, 2, 3, 5, 17, 40]) {
      const points = gaussianPoints(count, dimensions);
      const most = Math.min(40, count - 1);
      const expected = naiveNeighbors(points, { k: most });
      for (const k of new Set([1, Math.min(15, most), most])) {
        expect(await search(points, { k })).toEqual(firstNeighbors(expected, k));
      }
    }
  });

  it.each([1, 2, 5, 17, 300])('finds the nearest to %i other points, with all points as k', async (count) => {
    const points = gaussianPoints(37, 6);
    const queries = gaussianPoints(count, 6, { index: 1 });
    await expectNaive(points, { k: 5, queries });
    await expectNaive(points, { k: 37, queries });
    await expectNaive(gaussianPoints(1, 6), { k: 1, queries });
  });

  it('leaves no point out of queries that are points', async () => {
    const points = gaussianPoints(40, 3);
    const { indices, distances } = await search(points, { k: 1, queries: points });
    expect([...indices]).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(distances.every((distance) => distance === 0)).toBe(true);
  });

  it('takes the lower index of equals: all points equal, on a small grid, each point thrice', async () => {
    await expectNaive(
      makePoints(300, 3, () => 0.1),
      { k: 20 },
    );
    await expectNaive(
      makePoints(300, 2, (i) => (i * 7919) % 5),
      { k: 20 },
    );
    const third = gaussianPoints(100, 4);
    const data = Float32Array.from([...third.data, ...third.data, ...third.data]);
    await expectNaive({ data, count: 300, dimensions: 4 }, { k: 4 });
  });

  it('ignores constant columns', async () => {
    const points = gaussianPoints(60, 4);
    for (let i = 0; i < 60; i++) points.data[4 * i + 2] = 12345.678;
    await expectNaive(points, { k: 7 });
  });

  it('is exact where float32 products are not: clusters far from their mean, an outlier, far from zero', async () => {
    const near = gaussianPoints(200, 3, { scale: 0.01, offset: 1000 });
    const far = gaussianPoints(100, 3, { scale: 0.01, offset: -4000, index: 1 });
    const data = Float32Array.from([...near.data, ...far.data]);
    await expectNaive({ data, count: 300, dimensions: 3 }, { k: 10 });
    const outlier = gaussianPoints(300, 5);
    outlier.data[700] = 1e15;
    await expectNaive(outlier, { k: 10 });
    await expectNaive(gaussianPoints(300, 5, { offset: 1e6 }), { k: 10 });
  });

  it.each([1e-38, 1e-30, 1e30])('is as good for numbers of the size of %d', async (scale) => {
    await expectNaive(gaussianPoints(50, 5, { scale }), { k: 4 });
    const queries = gaussianPoints(20, 5, { index: 1 });
    await expectNaive(gaussianPoints(50, 5, { scale }), { k: 4, queries });
    await expectNaive(gaussianPoints(50, 5), { k: 4, queries: gaussianPoints(20, 5, { scale, index: 1 }) });
  });

  it('is the same for many dimensions, by smaller tiles', async () => {
    await expectNaive(gaussianPoints(70, 20_000), { k: 5 });
  });

  it('measures the cosine: zero vectors are at 0 from each other and at 1 from all else', async () => {
    const points = gaussianPoints(60, 4);
    points.data.fill(0, 4 * 10, 4 * 12);
    for (const options of [{ k: 15 }, { k: 9, queries: gaussianPoints(20, 4, { index: 1 }) }]) {
      const found = await search(points, { ...options, metric: 'cosine' });
      const expected = naiveNeighbors(points, { ...options, metric: 'cosine' });
      expect(found).toEqual(expected);
    }
    const { indices, distances } = await search(points, { k: 6, metric: 'cosine' });
    expect([...indices.subarray(6 * 10, 6 * 11)]).toEqual([11, 0, 1, 2, 3, 4]);
    expect([...distances.subarray(6 * 10, 6 * 11)]).toEqual([0, 1, 1, 1, 1, 1]);
  });

  it('has the cosine of directions that float32 cannot tell apart', async () => {
    const points = makePoints(40, 2, (i) => (i % 2 ? 1000.01 + 0.00061 * (i >> 1) ** 1.5 : 1000));
    const { data } = points;
    // sin^2 / (1 + cos), where the products of the sine are exact in float64.
    const distance = (i: number, j: number) => {
      const [a, b, c, d] = [data[2 * i]!, data[2 * i + 1]!, data[2 * j]!, data[2 * j + 1]!];
      const [lengths, sine] = [Math.hypot(a, b) * Math.hypot(c, d), a * d - b * c];
      return (sine / lengths) ** 2 / (1 + (a * c + b * d) / lengths);
    };
    const { indices, distances } = await search(points, { k: 39, metric: 'cosine' });
    for (let i = 0; i < 40; i++) {
      const others = Array.from({ length: 40 }, (_, j) => j).filter((j) => j !== i);
      others.sort((a, b) => distance(i, a) - distance(i, b) || a - b);
      expect([...indices.subarray(39 * i, 39 * (i + 1))]).toEqual(others);
      others.forEach((j, at) => {
        expect(distances[39 * i + at]! / distance(i, j)).toBeCloseTo(1, 5);
      });
    }
  });

  it('has the cosine among narrow bundles of directions, and takes vectors of one direction for equal ones', async () => {
    const near = gaussianPoints(200, 5, { scale: 0.001, offset: 100 });
    const far = gaussianPoints(100, 5, { scale: 0.003, offset: -400, index: 1 });
    const data = Float32Array.from([...near.data, ...far.data]);
    for (let d = 0; d < 5; d++) data[5 * 7 + d] = 3 * data[5 * 250 + d]!; // rounded: nearly of one direction
    for (let d = 0; d < 5; d++) data[5 * 8 + d] = 4 * data[5 * 251 + d]!;
    const points = { data, count: 300, dimensions: 5 };
    await expectNaive(points, { k: 6, metric: 'cosine' });
    const { indices, distances } = await search(points, { k: 6, metric: 'cosine' });
    expect([indices[6 * 251], distances[6 * 251]]).toEqual([8, 0]);
  });

  it('has the cosine of numbers whose squares leave float32', async () => {
    const points = gaussianPoints(30, 3, { scale: 1e30 });
    await expectNaive(points, { k: 4, metric: 'cosine' });
  });

  it('goes on in steps, which may go on after the end, and copies the points', async () => {
    const points = gaussianPoints(700, 64);
    const expected = naiveNeighbors(points, { k: 5 });
    const search = await createNeighborSearch(points, { k: 5 });
    points.data.fill(0);
    let last = -1;
    while (!search.graph) {
      expect(search.fraction).toBeGreaterThanOrEqual(Math.max(last, 0));
      last = search.fraction;
      search.step();
    }
    expect(search.fraction).toBe(1);
    const { graph } = search;
    search.step();
    expect(search.graph).toBe(graph);
    expect(graph).toEqual(expected);
  });
});

describe('a search that runs', () => {
  it('gives the graph, tells its progress, and can be stopped and run on', async () => {
    const points = gaussianPoints(900, 200);
    const expected = naiveNeighbors(points, { k: 5 });
    const search = await createNeighborSearch(points, { k: 5 });
    const stop = new AbortController();
    const reason = new Error('enough');
    const shares: number[] = [];
    const onProgress = (share: number) => {
      shares.push(share);
      stop.abort(reason);
    };
    const stopped = await search.run({ signal: stop.signal, onProgress }).catch((error: unknown) => error);
    // A fast machine may be done within a turn.
    if (stopped === reason) expect(search.graph).toBeUndefined();
    expect(await search.run({ onProgress: (share) => shares.push(share) })).toEqual(expected);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    await expect(search.run({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('createNeighborSearch refuses', () => {
  const points = gaussianPoints(10, 3);
  it.each<[string, Points, Partial<NeighborSearchOptions>, string, string]>([
    ['as many neighbours as points', points, { k: 10 }, 'E_RANGE', 'from 1 to 9, got 10'],
    ['more neighbours of queries than points', points, { k: 11, queries: points }, 'E_RANGE', 'from 1 to 10'],
    ['no neighbours', points, { k: 0 }, 'E_RANGE', 'got 0'],
    ['parts of neighbours', points, { k: 2.5 }, 'E_RANGE', 'got 2.5'],
    ['a point alone', gaussianPoints(1, 3), { k: 1 }, 'E_RANGE', 'alone'],
    ['no points', { ...points, count: 0, data: new Float32Array() }, {}, 'E_SHAPE', '[0, 3]'],
    ['a misspelt option', points, { metrik: 'cosine' } as object, 'E_CONFIG', "'metric'"],
    ['NaN', { ...points, data: points.data.with(7, Number.NaN) }, {}, 'E_NOT_FINITE', 'row 2, column 1'],
    ['queries of other dimensions', points, { queries: gaussianPoints(4, 2) }, 'E_SHAPE', '3 dimensions'],
    [
      'numbers near the end of float32',
      gaussianPoints(4, 3, { scale: 1e38 }),
      {},
      'E_RANGE',
      'beyond float32',
    ],
    ['more memory than allowed', points, { memoryBudget: 1e6 }, 'E_LIMIT', 'memoryBudget of 1000000'],
  ])('%s', async (_, input, options, code, message) => {
    const refused = createNeighborSearch(input, { k: 2, ...options });
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('an unknown metric', async () => {
    const metric = 'manhattan' as 'cosine';
    await expect(createNeighborSearch(points, { k: 2, metric })).rejects.toMatchObject({
      code: 'E_UNKNOWN_NAME',
    });
  });
});
