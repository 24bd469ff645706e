import { describe, expect, it } from 'vitest';
import { type ProjectedMap, projectPoints } from './project-points.ts';
import { qualityRow } from './quality-row.ts';

const circle = (count: number) => ({
  data: Float32Array.from({ length: 3 * count }, (_, at) =>
    [Math.cos, Math.sin, () => 0][at % 3]!(Math.floor(at / 3)),
  ),
  ...{ count, dimensions: 3 },
});

async function mapsOf(...args: Parameters<typeof projectPoints>): Promise<ProjectedMap[]> {
  const maps: ProjectedMap[] = [];
  for await (const map of projectPoints(...args)) maps.push(map);
  return maps;
}

describe('projectPoints', () => {
  it('makes a map a method, in their order, by the seed, and measures it', async () => {
    const options = { methods: ['umap', 'pca'], seed: 3, labels: Array(40).fill(1) };
    const [umap, pca] = await mapsOf(circle(40), options);
    expect([umap!.method, pca!.method]).toEqual(['umap', 'pca']);
    expect(pca!.quality).toMatchObject({ labelAccuracy: 1, k: 12, count: 40 });
    expect(pca!.quality!.trustworthiness).toBeGreaterThan(0.99);
    expect((await mapsOf(circle(40), options))[0]!.embedding).toEqual(umap!.embedding);
  });

  it('measures few points at fewer neighbours, and two points not at all', async () => {
    const [map] = await mapsOf(circle(5), { methods: ['pca'] });
    expect(map!.quality).toMatchObject({ k: 2, trustworthiness: 1 });
    const [two] = await mapsOf(circle(2), { methods: ['tsne'] });
    expect(two!.quality).toBeUndefined();
    expect(qualityRow(two!)).toMatchObject({ method: 'tsne', points: 2, metrics: {} });
  });

  it('takes its seconds from the clock it is given', async () => {
    let time = 0;
    const now = () => {
      time += 1500;
      return time;
    };
    const [map] = await mapsOf(circle(5), { methods: ['pca'], now });
    expect(map!.seconds).toBe(1.5);
  });

  it('stops by a signal, and refuses what it does not know before it begins', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(mapsOf(circle(9), { methods: ['tsne'], signal })).rejects.toThrow('enough');
    await expect(mapsOf(circle(9), { methods: ['pca', 'isomap'] })).rejects.toThrow(
      "no projection is called 'isomap'",
    );
  });

  it('makes the maps that exist, and says why PCA has none of vectors of one dimension', async () => {
    const line = { data: Float32Array.from({ length: 9 }, (_, i) => i * i), count: 9, dimensions: 1 };
    const skipped: string[] = [];
    const onSkip = ({ title }: { title: string }, reason: string) => skipped.push(`${title}: ${reason}`);
    const maps = await mapsOf(line, { methods: ['pca', 'tsne'], onSkip });
    expect(maps.map(({ title }) => title)).toEqual(['t-SNE']);
    expect(skipped).toEqual(['PCA: a plane takes two points of two dimensions at least, got [9, 1]']);
    await expect(mapsOf(line, { methods: ['pca', 'tsne'] })).rejects.toMatchObject({ code: 'E_RANGE' });
    await expect(mapsOf(line, { methods: ['pca'], onSkip })).rejects.toMatchObject({ code: 'E_RANGE' });
  });
});
