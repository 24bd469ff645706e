import { describe, expect, it } from 'vitest';
import { resolveOptions } from './resolve-options.ts';
import type { UmapOptions } from './umap-options.ts';

describe('resolveOptions', () => {
  it("chooses umap-js's epochs", () => {
    const counts = [1, 2500, 2501, 5000, 5001, 7500, 7501, 100_000];
    expect(counts.map((count) => resolveOptions(count, {}).epochs)).toEqual([
      500, 500, 400, 400, 300, 300, 200, 200,
    ]);
  });

  it.each<[string, UmapOptions]>([
    ['components', { components: 0 }],
    ['components', { components: 1.5 }],
    ['neighbors', { neighbors: 1 }],
    ['minDist', { minDist: -0.1 }],
    ['minDist', { minDist: 2 }],
    ['minDist', { minDist: Number.NaN }],
    ['spread', { spread: 0 }],
    ['epochs', { epochs: 0 }],
    ['learningRate', { learningRate: -1 }],
    ['negativeSamples', { negativeSamples: -1 }],
    ['repulsion', { repulsion: Number.POSITIVE_INFINITY }],
    ['setOpMixRatio', { setOpMixRatio: 1.1 }],
    ['localConnectivity', { localConnectivity: -1 }],
    ['targetWeight', { targetWeight: 2 }],
    ['seed', { seed: 0.5 }],
    ['labels', { labels: [0, 1, -2] }],
    ['labels', { labels: [0, 1, 0.5] }],
    ['init', { init: Float32Array.of(1, 2, 3, 4, 5, 1e20) }],
  ])('refuses %s out of range: %j', (name, options) => {
    expect(() => resolveOptions(3, options)).toThrow(
      expect.objectContaining({ code: 'E_RANGE', message: expect.stringContaining(name) }),
    );
  });

  it('refuses names that there are not, and says the nearest', () => {
    expect(() => resolveOptions(3, { metric: 'cosin' as 'cosine' })).toThrow(/'cosine'/);
    expect(() => resolveOptions(3, { init: 'spectrum' as 'spectral' })).toThrow(
      expect.objectContaining({ code: 'E_UNKNOWN_NAME' }),
    );
  });

  it('refuses labels and places of other sizes than the points, and places that are none', () => {
    const code = (options: UmapOptions) => {
      try {
        resolveOptions(3, options);
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(code({ labels: [1, 2] })).toBe('E_SHAPE');
    expect(code({ init: new Float32Array(5) })).toBe('E_SHAPE');
    expect(code({ init: Float32Array.of(1, 2, 3, 4, 5, Number.NaN) })).toBe('E_NOT_FINITE');
    expect(code({ labels: Int8Array.of(-1, 0, 1), init: new Float32Array(6) })).toBe(undefined);
  });
});
