import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Points } from '../points.ts';
import { gaussianPoints, makePoints } from '../testing/make-points.ts';
import { createUmap } from './create-umap.ts';
import type { UmapOptions } from './umap-options.ts';

async function mapOf(points: Points, options: UmapOptions = {}) {
  const umap = await createUmap(points, { epochs: 60, ...options });
  await umap.run();
  return umap;
}

/** `groups` clouds of points, 20 apart, in turn. */
const clouds = (count: number, groups: number, dimensions = 5): Points => {
  const { data } = gaussianPoints(count, dimensions);
  return makePoints(
    count,
    dimensions,
    (i) => data[i]! + (i % dimensions === 0 ? 20 * (Math.floor(i / dimensions) % groups) : 0),
  );
};

/** Share of points whose nearest on the map has the same label. */
function purity(map: Float32Array, labels: ArrayLike<number>, components = 2): number {
  const count = map.length / components;
  let same = 0;
  for (let i = 0; i < count; i++) {
    let [nearest, least] = [-1, Number.POSITIVE_INFINITY];
    for (let j = 0; j < count; j++) {
      let squared = 0;
      for (let c = 0; c < components; c++)
        squared += (map[i * components + c]! - map[j * components + c]!) ** 2;
      if (j !== i && squared < least) [nearest, least] = [j, squared];
    }
    if (labels[i] === labels[nearest]) same++;
  }
  return same / count;
}

describe('createUmap', () => {
  it.each([1, 2, 3, 5])('maps to %d dimensions, clouds apart', async (components) => {
    const umap = await mapOf(clouds(150, 3), { components });
    const map = umap.embedding;
    expect(umap.components).toBe(components);
    expect(map).toHaveLength(150 * components);
    expect(
      purity(
        map,
        Array.from({ length: 150 }, (_, i) => i % 3),
        components,
      ),
    ).toBeGreaterThan(0.98);
  });

  it('gives the same bits on every engine: those of Node 24 on x64', async () => {
    const hashes: string[] = [];
    for (const options of [{}, { components: 3, metric: 'cosine' as const, labels: [] as number[] }]) {
      const points = gaussianPoints(120, 6);
      if (options.labels) options.labels = Array.from({ length: 120 }, (_, i) => (i % 4) - 1);
      const { embedding } = await mapOf(points, options);
      hashes.push(createHash('sha256').update(new Uint8Array(embedding.buffer)).digest('hex').slice(0, 16));
    }
    expect(hashes).toEqual(['749ad68ffa472966', 'dc13bb4d908f80c8']);
  });

  it('gives other maps for other seeds, options and starts', async () => {
    const points = gaussianPoints(60, 4);
    const maps = await Promise.all(
      [
        {},
        { seed: 1 },
        { metric: 'cosine' },
        { neighbors: 5 },
        { minDist: 0.5 },
        { spread: 2 },
        { learningRate: 0.5 },
        { negativeSamples: 2 },
        { repulsion: 2 },
        { setOpMixRatio: 0.5 },
        { localConnectivity: 2 },
        { init: 'random' },
        { init: 'pca' },
        { epochs: 30 },
      ].map(async (options) => (await mapOf(points, options as UmapOptions)).embedding.join()),
    );
    expect(new Set(maps).size).toBe(maps.length);
  });

  it('makes a tighter map for a smaller minDist', async () => {
    const points = gaussianPoints(200, 3);
    const nearestOf = (map: Float32Array) => {
      const least = Array.from({ length: 200 }, (_, i) =>
        Math.min(
          ...Array.from({ length: 200 }, (_, j) =>
            i === j
              ? Number.POSITIVE_INFINITY
              : Math.hypot(map[2 * i]! - map[2 * j]!, map[2 * i + 1]! - map[2 * j + 1]!),
          ),
        ),
      );
      return least.reduce((sum, x) => sum + x / 200, 0);
    };
    const [tight, loose] = await Promise.all([
      mapOf(points, { minDist: 0 }),
      mapOf(points, { minDist: 0.9 }),
    ]);
    expect(nearestOf(loose.embedding)).toBeGreaterThan(2 * nearestOf(tight.embedding));
  });

  it('pulls points of one label together, and leaves those of unknown label where they belong', async () => {
    const points = gaussianPoints(150, 5);
    const labels = Array.from({ length: 150 }, (_, i) => i % 3);
    const plain = purity((await mapOf(points)).embedding, labels);
    const supervised = await mapOf(points, { labels, targetWeight: 0.9 });
    expect(plain).toBeLessThan(0.6);
    expect(purity(supervised.embedding, labels)).toBeGreaterThan(0.9);
    const unknown = labels.map(() => -1);
    const same = (await mapOf(points, { labels: unknown })).embedding;
    expect(same.every(Number.isFinite)).toBe(true);
  });

  it('lowers neighbours that there are not, with a warning', async () => {
    const umap = await mapOf(gaussianPoints(9, 3));
    expect(umap.warnings).toEqual([expect.stringMatching(/^neighbors: 15 .* 9 points/)]);
    expect((await mapOf(gaussianPoints(15, 3))).warnings).toEqual([]);
  });

  it('warns of a graph of parts, and maps it', async () => {
    const far = makePoints(60, 3, (i) => Math.sin(i) + (i < 90 ? 0 : 1000));
    const umap = await mapOf(far);
    expect(umap.warnings).toEqual([expect.stringMatching(/2 parts/)]);
    expect(
      purity(
        umap.embedding,
        Array.from({ length: 60 }, (_, i) => (i < 30 ? 0 : 1)),
      ),
    ).toBe(1);
  });

  it('does not move anything without edges: a point alone', async () => {
    const umap = await mapOf(gaussianPoints(1, 3));
    expect(umap.embedding).toHaveLength(2);
    expect(umap.transform(gaussianPoints(2, 3)).every(Number.isFinite)).toBe(true);
  });

  it('goes from stage to stage, epoch by epoch', async () => {
    const umap = await createUmap(gaussianPoints(50, 3), { epochs: 20 });
    const seen: string[] = [];
    while (umap.progress.stage !== 'done') {
      umap.step();
      const { stage, step } = umap.progress;
      if (stage === 'optimize') expect(step).toBe(seen.filter((one) => one === stage).length + 1);
      seen.push(stage);
    }
    expect([...new Set(seen)]).toEqual(['neighbors', 'initialize', 'optimize', 'done']);
    expect(umap.progress).toEqual({ stage: 'done', step: 20, steps: 20, fraction: 1 });
  });

  it('refuses what its memory budget does not hold, before it takes any', async () => {
    const points = gaussianPoints(100, 5);
    await expect(createUmap(points, { memoryBudget: 1e5 })).rejects.toMatchObject({ code: 'E_LIMIT' });
    await expect(createUmap(points, { memoryBudget: 3e5 })).rejects.toMatchObject({ code: 'E_LIMIT' });
    const enough = await mapOf(points, { memoryBudget: 2e7 });
    expect(enough.embedding.every(Number.isFinite)).toBe(true);
  });

  it('refuses labels of another length, and NaN with its row and column', async () => {
    const points = gaussianPoints(10, 3);
    await expect(createUmap(points, { labels: [1, 2] })).rejects.toMatchObject({ code: 'E_SHAPE' });
    points.data[7] = Number.NaN;
    await expect(createUmap(points)).rejects.toThrow(/row 2, column 1/);
  });
});
