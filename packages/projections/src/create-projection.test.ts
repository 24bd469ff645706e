import { describe, expect, it } from 'vitest';
import { createProjection, loadProjection } from './create-projection.ts';
import { describeProjection } from './testing/describe-projection.ts';

describeProjection({ method: 'pca', fewest: 2 });
describeProjection({ method: 'tsne', fewest: 1, options: { iterations: 300, exaggerationIterations: 100 } });
describeProjection({ method: 'tsne-js', options: { iterations: 150 }, fewest: 4, transforms: false });
describeProjection({ method: 'umap-js', options: { epochs: 99 }, fewest: 3 });

describe('a method that there is not', () => {
  const points = { data: new Float32Array(6), count: 3, dimensions: 2 };

  it('is not created, and the methods are named', async () => {
    await expect(createProjection('pac' as 'pca', points)).rejects.toMatchObject({
      code: 'E_UNKNOWN_NAME',
      message: expect.stringMatching(/'pac'.*pca/),
    });
  });

  it('is not loaded', async () => {
    for (const method of ['constructor', 'umpa']) {
      const saved = { method, version: 1 as const, settings: {}, arrays: {} };
      await expect(loadProjection(saved)).rejects.toMatchObject({ code: 'E_UNKNOWN_NAME' });
    }
  });
});
