import { describe, expect, it } from 'vitest';
import { fixturePoints, neighborsOf, umapFixture } from '../testing/umap-fixture.ts';
import { smoothDistances } from './smooth-distances.ts';

const sumOf = (distances: Float32Array, { rho, sigma }: { rho: number; sigma: number }) =>
  distances.reduce((sum, d) => sum + Math.exp(-Math.max(0, d - rho) / sigma), 0);

describe('smoothDistances', () => {
  it.each(Object.keys(umapFixture.smoothing))(
    "finds NumPy's rho and sigma with a local connectivity of %s",
    async (connectivity) => {
      const { k, distances } = await neighborsOf(fixturePoints, umapFixture.neighbors - 1);
      for (let i = 0; i < fixturePoints.count; i++) {
        const row = distances.subarray(i * k, (i + 1) * k);
        const { rho, sigma } = smoothDistances(row, Number(connectivity));
        const [expectedRho, expectedSigma] = umapFixture.smoothing[connectivity]!.slice(2 * i);
        expect(rho).toBeCloseTo(expectedRho!, 6);
        expect(sigma / expectedSigma!).toBeCloseTo(1, 5);
      }
    },
  );

  it.each([
    [[1, 2, 3]],
    [[0, 0, 5, 6, 7, 8, 9]],
    [[1, 1 + 1e-6, 1e6, 1e6, 1e6, 1e6, 1e6]],
    [[1e-20, 2e-20, 3e-20, 4e-20]],
    [[3, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 1e3]],
  ])('makes the memberships of %j add up to log2 of the neighbours', (numbers) => {
    const distances = Float32Array.from(numbers);
    const smoothing = smoothDistances(distances, 1);
    expect(sumOf(distances, smoothing)).toBeCloseTo(Math.log2(numbers.length + 1), 6);
  });

  it('takes the distance of the nearest that is not at 0 for none', () => {
    expect(smoothDistances(Float32Array.of(0, 0, 2, 3, 4), 1).rho).toBe(2);
    expect(smoothDistances(Float32Array.of(0, 0, 2, 3, 4), 1.5).rho).toBe(2.5);
    expect(smoothDistances(Float32Array.of(0, 0, 2, 3, 4), 0.5).rho).toBe(1);
    expect(smoothDistances(Float32Array.of(0, 0, 2, 3, 4), 9).rho).toBe(4);
    expect(smoothDistances(Float32Array.of(0, 0, 0), 1).rho).toBe(0);
  });

  it('has a sigma of at least a thousandth of the mean distance, where too many are within rho', () => {
    const distances = Float32Array.of(1, 1, 1, 1, 6);
    expect(smoothDistances(distances, 1)).toEqual({ rho: 1, sigma: expect.closeTo(2e-3, 12) });
  });
});
