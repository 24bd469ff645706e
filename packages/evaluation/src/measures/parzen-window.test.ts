import { readFileSync } from 'node:fs';
import { expectClose } from '@latentkit/testing';
import { describe, expect, it } from 'vitest';
import { fixtureNumbers } from '../testing/fixture-numbers.ts';
import { fitBandwidth, parzenLogDensities } from './parzen-window.ts';

/** Values by scikit-learn and SciPy: fixtures/make-measures.py. */
const { parzen } = JSON.parse(readFileSync(new URL('../../fixtures/measures.json', import.meta.url), 'utf8'));

const { count, size, seed } = parzen;
const u = fixtureNumbers((count + parzen.centres) * size, seed);
const vectors = { data: u.subarray(0, count * size), count, dimensions: size };
const centres = { data: u.subarray(count * size), count: parzen.centres, dimensions: size };
const plane = (...data: number[]) => ({
  data: Float64Array.from(data),
  count: data.length / 2,
  dimensions: 2,
});

describe('a Parzen window', () => {
  it("has the densities of scikit-learn's KernelDensity, of narrow windows and of wide ones", () => {
    const close = { relative: 1e-11 };
    expectClose(parzenLogDensities(vectors, centres, { bandwidth: 0.03 }), parzen.narrow, close);
    expectClose(parzenLogDensities(vectors, centres, { bandwidth: 0.4 }), parzen.wide, close);
  });

  it('of one centre is a normal distribution', () => {
    const found = parzenLogDensities(plane(0, 0, 3, 4), plane(0, 0), { bandwidth: 2 });
    const atCentre = -Math.log(2 * Math.PI * 4);
    expectClose(found, [atCentre, atCentre - 25 / 8], { relative: 1e-14 });
  });

  it('is best at the bandwidth that SciPy finds by a search', () => {
    expect(fitBandwidth(vectors, centres)).toBeCloseTo(parzen.bandwidth, 4);
  });

  it('of one centre has the bandwidth of the mean squared distance, and of its own centres the least', () => {
    expect(fitBandwidth(plane(0, 1, 3, 4), plane(0, 0))).toBeCloseTo(Math.sqrt((1 + 25) / 4), 12);
    const own = plane(0, 0, 5, 5);
    expect(fitBandwidth(own, own)).toBe(1e-3);
  });

  it('refuses vectors of two lengths, and a bandwidth of 0', () => {
    expect(() => fitBandwidth(vectors, plane(0, 0))).toThrow('of one length, got 6 and 2 numbers');
    expect(() => parzenLogDensities(vectors, centres, { bandwidth: 0 })).toThrow('bandwidth');
  });
});
