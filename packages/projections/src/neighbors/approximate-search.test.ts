import { describe, expect, it } from 'vitest';
import type { Points } from '../points.ts';
import { gaussianPoints, makePoints } from '../testing/make-points.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import { createNeighborSearch, type NeighborSearchOptions } from './neighbor-search.ts';

async function search(points: Points, options: NeighborSearchOptions): Promise<NeighborGraph> {
  const search = await createNeighborSearch(points, { method: 'approximate', ...options });
  let last = 0;
  while (!search.graph) {
    search.step();
    expect(search.fraction).toBeGreaterThanOrEqual(last);
    last = search.fraction;
  }
  return search.graph;
}

function recallOf(found: NeighborGraph, exact: NeighborGraph): number {
  let hits = 0;
  for (let i = 0; i < found.count; i++) {
    const row = (of: NeighborGraph) => of.indices.subarray(i * of.k, (i + 1) * of.k);
    const others = new Set(row(exact));
    hits += row(found).filter((index) => others.has(index)).length;
  }
  return hits / found.indices.length;
}

/** Points around some centres. */
function clusteredPoints(count: number, dimensions: number, clusters: number): Points {
  const centres = gaussianPoints(clusters, dimensions, { scale: 4, index: 2 });
  const points = gaussianPoints(count, dimensions);
  for (let at = 0; at < points.data.length; at++) {
    const cluster = Math.floor(at / dimensions) % clusters;
    points.data[at]! += centres.data[cluster * dimensions + (at % dimensions)]!;
  }
  return points;
}

const isSorted = ({ distances, k }: NeighborGraph) =>
  distances.every((distance, at) => at % k === 0 || distance >= distances[at - 1]!);

describe('an approximate search', () => {
  it.each([
    ['in clusters', clusteredPoints(3000, 8, 30), 15],
    ['in clusters, many neighbours', clusteredPoints(3000, 8, 30), 90],
    ['on a plane', gaussianPoints(3000, 2), 15],
    ['normal in ten dimensions', gaussianPoints(3000, 10), 15],
  ])('finds the share that was asked for: points %s', async (_, points, k) => {
    const exact = await search(points, { k, method: 'exact' });
    for (const recall of [0.7, 0.95]) {
      const found = await search(points, { k, recall, seed: 3 });
      expect(recallOf(found, exact)).toBeGreaterThan(recall);
      expect(isSorted(found)).toBe(true);
      // Whatever is found has the distance that it has in the exact graph.
      for (let i = 0; i < found.count; i++) {
        const row = exact.indices.subarray(i * k, (i + 1) * k);
        const same = [...found.indices.subarray(i * k, (i + 1) * k)].every((index, place) => {
          const at = row.indexOf(index);
          return at < 0 || found.distances[i * k + place] === exact.distances[i * k + at];
        });
        expect(same).toBe(true);
      }
    }
  });

  it.each([2, 3, 4, 5, 17, 65])('is complete and without doubles for %i points', async (count) => {
    const points = gaussianPoints(count, 3);
    for (const k of new Set([1, count - 1])) {
      const { indices, distances } = await search(points, { k });
      for (let i = 0; i < count; i++) {
        const row = indices.subarray(i * k, (i + 1) * k);
        expect(new Set([...row, i]).size).toBe(k + 1);
        expect(row.every((index) => index >= 0 && index < count)).toBe(true);
      }
      expect(distances.every(Number.isFinite)).toBe(true);
    }
  });

  it('is exact where points are equal: distances 0, and no point its own neighbour', async () => {
    const points = makePoints(500, 3, () => 0.25);
    const { indices, distances } = await search(points, { k: 10 });
    expect(distances.every((distance) => distance === 0)).toBe(true);
    expect(indices.every((index, at) => index >= 0 && index !== Math.floor(at / 10))).toBe(true);
  });

  it('is the same for the same seed, and another for another', async () => {
    const points = gaussianPoints(2000, 6);
    const [a, b, c] = [
      await search(points, { k: 15, recall: 0.6, seed: 1 }),
      await search(points, { k: 15, recall: 0.6, seed: 1 }),
      await search(points, { k: 15, recall: 0.6, seed: 2 }),
    ];
    expect(a).toEqual(b);
    expect(a.indices).not.toEqual(c.indices);
  });

  it('measures the cosine too', async () => {
    const points = clusteredPoints(1500, 5, 20);
    const exact = await search(points, { k: 10, metric: 'cosine', method: 'exact' });
    expect(recallOf(await search(points, { k: 10, metric: 'cosine' }), exact)).toBeGreaterThan(0.95);
  });

  it('refuses shares that are none, seeds and methods', async () => {
    const points = gaussianPoints(20, 3);
    const refused = (options: Partial<NeighborSearchOptions>) =>
      expect(createNeighborSearch(points, { k: 2, ...options })).rejects;
    for (const recall of [0, 1, Number.NaN]) await refused({ recall }).toMatchObject({ code: 'E_RANGE' });
    await refused({ seed: -1 }).toMatchObject({ code: 'E_RANGE' });
    await refused({ method: 'fast' as 'auto' }).toMatchObject({ code: 'E_UNKNOWN_NAME' });
    await refused({ method: 'approximate', memoryBudget: 1e5 }).toMatchObject({ code: 'E_LIMIT' });
  });
});
