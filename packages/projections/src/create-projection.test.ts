import { describe, expect, expectTypeOf, it } from 'vitest';
import { createProjection, loadProjection } from './create-projection.ts';
import { tsneJs } from './engines/tsne-js/index.ts';
import { umapJs } from './engines/umap-js/index.ts';
import { chooseMethods } from './own-methods.ts';
import { describeProjection } from './testing/describe-projection.ts';

describeProjection({ method: 'pca', fewest: 2 });
describeProjection({ method: 'tsne', fewest: 1, options: { iterations: 300, exaggerationIterations: 100 } });
describeProjection({ method: 'umap', options: { epochs: 100 }, fewest: 1 });
describeProjection({ method: tsneJs, options: { iterations: 150 }, fewest: 4, transforms: false });
describeProjection({ method: umapJs, options: { epochs: 99 }, fewest: 3 });

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

describe('a row', () => {
  it("is asked for where it is given by its name alone: nobody's bundler looks for its package unasked", async () => {
    const points = { data: new Float32Array(6), count: 3, dimensions: 2 };
    await expect(createProjection('umap-js' as 'umap', points)).rejects.toMatchObject({
      code: 'E_UNKNOWN_NAME',
      fix: "Hand over its row: umapJs of '@latentkit/projections/umap-js'",
    });
  });
});

describe('what a method makes, as a type', () => {
  it('is a PCA with a way back, by name, and a projection otherwise', async () => {
    const points = { data: Float32Array.of(0, 0, 3, 4, 6, 8), count: 3, dimensions: 2 };
    const pca = await createProjection('pca', points, { components: 1 });
    const codes = { data: await pca.run(), count: 3, dimensions: 1 };
    pca.inverseTransform(codes).forEach((x, i) => {
      expect(x).toBeCloseTo(points.data[i]!, 5);
    });
    expectTypeOf(createProjection<'umap'>).returns.resolves.not.toHaveProperty('inverseTransform');
  });
});

describe('methods chosen by their names', () => {
  const names = (...of: Parameters<typeof chooseMethods>) => chooseMethods(...of).map(({ name }) => name);

  it('come in their order, of those that are given too', () => {
    expect(names(['umap-js', 'pca'], [umapJs])).toEqual(['umap-js', 'pca']);
  });

  it.each([
    [['pca', 'pcaa'], 'E_UNKNOWN_NAME', "Did you mean 'pca'?"],
    [['umapjs'], 'E_UNKNOWN_NAME', "Did you mean 'umap-js'?"],
    [['pca', 'tsne', 'pca'], 'E_USAGE', "'pca' is there twice"],
    [[], 'E_USAGE', 'pca, tsne, umap, umap-js'],
  ])('are refused before anything is done: %j', (list, code, said) => {
    expect(() => names(list, [umapJs])).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(said) }),
    );
  });
});
