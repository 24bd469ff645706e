// As it is built: a worker runs that.
import { createProjection, type Points, startProjection } from '@latentkit/projections';
import { tsneJs } from '@latentkit/projections/tsne-js';
import { umapJs } from '@latentkit/projections/umap-js';
import { describe, expect, it } from 'vitest';

const points: Points = {
  data: Float32Array.from({ length: 160 }, (_, i) => ((i * 7919) % 101) / 100),
  ...{ count: 40, dimensions: 4 },
};

describe.each([true, false])('a projection that is started, in a worker: %s', (worker) => {
  it.each([
    ['pca', {}],
    [umapJs, { epochs: 30 }],
    [tsneJs, { iterations: 150 }],
  ] as const)('is the projection: %o', async (method, options) => {
    const projection = await createProjection(method, points, options);
    const started = await startProjection(method, points, options, { worker });
    expect(started).toMatchObject({ method: projection.method, count: 40, components: 2 });
    expect(started.warnings).toEqual(projection.warnings);
    expect(started.progress).toEqual(projection.progress);
    expect(await started.run()).toEqual(await projection.run());
    expect(started.embedding).toEqual(projection.embedding);
    expect(started.progress).toEqual(projection.progress);
    expect(await started.save()).toEqual(projection.save());
    if (method === tsneJs) {
      await expect(started.transform(points)).rejects.toMatchObject({ code: 'E_USAGE' });
    } else {
      expect(await started.transform(points)).toEqual(projection.transform(points));
    }
    started.close();
  });
});

it('tsne-js tells its progress from a worker in the middle of its one step', async () => {
  const started = await startProjection(tsneJs, points, { iterations: 1000 });
  const steps: number[] = [];
  await started.run({ onProgress: ({ step }) => steps.push(step) });
  started.close();
  expect(steps.some((step) => step > 0 && step < steps.at(-1)!)).toBe(true);
});

it('tsne-js gives its maps from a worker in the middle of its one step', async () => {
  const started = await startProjection(tsneJs, points, { iterations: 200 });
  const steps: number[] = [];
  const maps: Float32Array[] = [];
  const onMap = (map: Float32Array, { step }: { step: number }) => {
    steps.push(step);
    maps.push(map);
  };
  const last = await started.run({ onMap, mapSeconds: 0 });
  started.close();
  expect(steps.length).toBeGreaterThan(100);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(maps.at(-1)).toEqual(last);
  expect(maps[0]).not.toEqual(last);
});

it("a projection that is started on the caller's thread has no time limit", async () => {
  const limited = startProjection('pca', points, {}, { timeLimitSeconds: 1 });
  await expect(limited).rejects.toMatchObject({ code: 'E_USAGE' });
});
