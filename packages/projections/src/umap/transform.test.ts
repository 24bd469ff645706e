import { describe, expect, it } from 'vitest';
import type { Points } from '../points.ts';
import { gaussianPoints } from '../testing/make-points.ts';
import { createUmap } from './create-umap.ts';
import { loadUmap } from './load-umap.ts';
import type { UmapOptions } from './umap-options.ts';

async function mapOf(points: Points, options: UmapOptions = {}) {
  const umap = await createUmap(points, { epochs: 90, ...options });
  await umap.run();
  return umap;
}

const rows = ({ data, dimensions }: Points, first: number, end: number): Points => ({
  ...{ data: data.slice(first * dimensions, end * dimensions), count: end - first, dimensions },
});

const spreadOf = (map: Float32Array) => Math.max(...map) - Math.min(...map);

describe('transform', () => {
  it.each([1, 2, 3])('places copies near their originals, in %d dimensions', async (components) => {
    const points = gaussianPoints(150, 4);
    const umap = await mapOf(points, { components });
    const map = umap.embedding;
    const placed = umap.transform(points);
    const off = Array.from({ length: 150 }, (_, i) =>
      Math.hypot(
        ...Array.from(
          { length: components },
          (_, c) => placed[i * components + c]! - map[i * components + c]!,
        ),
      ),
    ).sort((a, b) => a - b);
    expect(off[75]).toBeLessThan(0.12 * spreadOf(map));
  });

  it('places each point whatever else is placed, in whatever order', async () => {
    for (const options of [{}, { components: 3 }, { metric: 'cosine' as const, neighbors: 4 }]) {
      const umap = await mapOf(gaussianPoints(80, 4), options);
      const { components } = umap;
      const added = gaussianPoints(23, 4, { index: 3 });
      const together = umap.transform(added);
      for (let i = 0; i < added.count; i++) {
        const alone = umap.transform(rows(added, i, i + 1));
        expect(alone).toEqual(together.slice(i * components, (i + 1) * components));
      }
    }
  });

  it('leaves the map as it is, and gives the same places again', async () => {
    const umap = await mapOf(gaussianPoints(40, 4));
    const before = umap.embedding;
    const added = gaussianPoints(7, 4, { index: 3 });
    const placed = umap.transform(added);
    expect(umap.embedding).toEqual(before);
    expect(umap.transform(added)).toEqual(placed);
  });

  it.each([1, 2, 3, 4, 5, 17])('places points on a map of %d', async (count) => {
    const umap = await mapOf(gaussianPoints(count, 3));
    for (const added of [1, 2, 5]) {
      const placed = umap.transform(gaussianPoints(added, 3, { index: 2 }));
      expect(placed).toHaveLength(2 * added);
      expect(placed.every(Number.isFinite)).toBe(true);
    }
  });

  it('is the same to the bit after saving and loading', async () => {
    const umap = await mapOf(gaussianPoints(60, 4), { components: 3, minDist: 0.3, seed: 5 });
    const saved = umap.save();
    const again = await loadUmap(structuredClone(saved));
    const added = gaussianPoints(9, 4, { index: 3 });
    expect(again.transform(added)).toEqual(umap.transform(added));
    saved.arrays.embedding!.data.fill(0); // a copy: the map stays
    expect(again.embedding).toEqual(umap.embedding);
  });
});

describe('loadUmap', () => {
  it('says what is wrong with what it is given', async () => {
    const saved = (await mapOf(gaussianPoints(20, 3))).save();
    const { points, ...arrays } = saved.arrays;
    for (const [broken, said] of [
      [{ ...saved, method: 'pca' }, /umap/],
      [{ ...saved, settings: { ...saved.settings, a: '1' } }, /a must be a number/],
      [{ ...saved, settings: { ...saved.settings, metric: 'chebyshev' } }, /metric/],
      [{ ...saved, arrays }, /points/],
      [{ ...saved, arrays: { ...arrays, points: { shape: [20, 4], data: points!.data } } }, /points/],
    ] as const) {
      await expect(loadUmap(broken)).rejects.toThrow(said);
      await expect(loadUmap(broken)).rejects.toMatchObject({ code: 'E_FORMAT' });
    }
  });
});
