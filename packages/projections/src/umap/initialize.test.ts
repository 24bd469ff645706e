import { describe, expect, it } from 'vitest';
import { finishPieces } from '../testing/finish-pieces.ts';
import { fixturePoints, graphOf, umapFixture } from '../testing/umap-fixture.ts';
import { initialize, preparePca, randomLayout } from './initialize.ts';
import { resolveOptions } from './resolve-options.ts';
import type { UmapOptions } from './umap-options.ts';

const { count } = fixturePoints;

async function placesOf(options: UmapOptions, entries = umapFixture.united) {
  const settings = resolveOptions(count, options);
  const warnings: string[] = [];
  const pca = await preparePca(fixturePoints, settings);
  const places = finishPieces(initialize(graphOf(count, entries), pca, settings, warnings));
  return { places, warnings };
}

const column = (places: Float32Array, components: number, c: number) =>
  [...places].filter((_, i) => i % components === c);

describe('initialize', () => {
  it('spreads the order of the eigenvectors evenly from -10 to 10', async () => {
    const { places, warnings } = await placesOf({});
    expect(warnings).toEqual([]);
    for (const c of [0, 1]) {
      const sorted = column(places, 2, c).sort((a, b) => a - b);
      sorted.forEach((x, rank) => {
        expect(x).toBeCloseTo((20 * rank) / (count - 1) - 10, 2);
      });
      const byVector = [...umapFixture.eigenvectors[c]!.keys()].sort(
        (i, j) => umapFixture.eigenvectors[c]![i]! - umapFixture.eigenvectors[c]![j]!,
      );
      const byPlace = [...byVector.keys()].sort((i, j) => places[2 * i + c]! - places[2 * j + c]!);
      expect([byVector, [...byVector].reverse()]).toContainEqual(byPlace);
    }
  });

  it('scales principal components to a largest number of 10', async () => {
    const { places } = await placesOf({ init: 'pca', components: 3 });
    expect(Math.max(...places.map(Math.abs))).toBeCloseTo(10, 2);
  });

  it('begins with principal components, and says so, where the graph has parts', async () => {
    const cut = umapFixture.united.filter(([i, j]) => i < 20 === j < 20);
    const { places, warnings } = await placesOf({}, cut);
    expect(warnings).toEqual([expect.stringMatching(/has \d+ parts/)]);
    expect(places).toEqual((await placesOf({ init: 'pca' })).places);
  });

  it('gives dimensions beyond those of the points noise alone', async () => {
    const { places } = await placesOf({ init: 'pca', components: 6 });
    expect(Math.max(...column(places, 6, 5).map(Math.abs))).toBeLessThan(1e-3);
  });

  it('takes places as they are given, as a copy', async () => {
    const init = Float32Array.from({ length: 2 * count }, (_, i) => i / 7);
    const { places } = await placesOf({ init });
    expect(places).toEqual(init);
    expect(places).not.toBe(init);
  });

  it('is anywhere from -10 to 10 at random, and by another seed elsewhere', async () => {
    const { places } = await placesOf({ init: 'random', seed: 3 });
    expect(places).toEqual(randomLayout(count, 2, 3));
    expect(places).not.toEqual(randomLayout(count, 2, 4));
    expect(Math.max(...places)).toBeLessThan(10);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(-10);
    expect(Math.max(...places) - Math.min(...places)).toBeGreaterThan(18);
  });
});
