import { readFileSync } from 'node:fs';
import { expectClose } from '@latentkit/testing';
import { describe, expect, it } from 'vitest';
import { projectToPlane } from './principal-components.ts';

/** By NumPy's SVD in float64; written by scripts/pca-goldens.py. */
interface Golden {
  readonly name: string;
  readonly dimensions: number;
  readonly points: number[];
  readonly x: number[];
  readonly y: number[];
  readonly explained: number[];
}

const fixture = new URL('../../fixtures/pca.json', import.meta.url);
const { cases }: { cases: Golden[] } = JSON.parse(readFileSync(fixture, 'utf8'));

describe('agrees with NumPy', () => {
  it.each(cases.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
    const { x, y, explained } = projectToPlane(Float32Array.from(golden.points), golden.dimensions);
    expectClose(x, golden.x);
    expectClose(y, golden.y);
    expectClose(explained, golden.explained);
  });
});

describe('in two dimensions', () => {
  const points = Float32Array.of(0, 0, 2, 1, 4, 1, 6, 3, 1, -2);
  const { x, y, explained } = projectToPlane(points, 2);

  it('has the closed form of the eigenvalues: trace / 2 +- sqrt((a - c)^2 / 4 + b^2)', () => {
    const [meanX, meanY] = [13 / 5, 3 / 5];
    let [a, b, c] = [0, 0, 0];
    for (let i = 0; i < 10; i += 2) {
      const [dx, dy] = [points[i]! - meanX, points[i + 1]! - meanY];
      a += (dx * dx) / 5;
      b += (dx * dy) / 5;
      c += (dy * dy) / 5;
    }
    const root = Math.sqrt(((a - c) / 2) ** 2 + b * b);
    expectClose(explained, [((a + c) / 2 + root) / (a + c), ((a + c) / 2 - root) / (a + c)]);
    const variance = x.reduce((sum, value) => sum + value * value, 0) / 5;
    expectClose([variance], [(a + c) / 2 + root]);
  });

  it('turns the points and keeps their distances', () => {
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < i; j++) {
        const before = Math.hypot(points[2 * i]! - points[2 * j]!, points[2 * i + 1]! - points[2 * j + 1]!);
        expectClose([Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!)], [before]);
      }
    }
  });
});

describe('signs', () => {
  it('make the largest entry of a component positive, whatever the order of the points', () => {
    const line = [
      [-3, 6, 0],
      [0, 0, 0.1],
      [3, -6, 0],
      [1, -2, -0.1],
    ]; // along (1, -2, 0)
    for (const points of [line, [...line].reverse()]) {
      const { x } = projectToPlane(Float32Array.from(points.flat()), 3);
      const first = points.findIndex(([one]) => one === -3);
      expect(x[first]!).toBeGreaterThan(0); // its second coordinate is the highest
    }
  });
});

describe('degenerate points', () => {
  it('that are all equal stay at the origin and explain nothing', () => {
    const { x, y, explained } = projectToPlane(new Float32Array(12).fill(0.3), 3);
    expect([...x, ...y]).toEqual(new Array(8).fill(0));
    expect(explained).toEqual([0, 0]);
  });

  it('of which there is but one stay at the origin', () => {
    const { x, y } = projectToPlane(Float32Array.of(5, 6, 7), 3);
    expect([...x, ...y]).toEqual([0, 0]);
  });

  it('of which there are two lie on a line, as far apart as they are', () => {
    const { x, y, explained } = projectToPlane(Float32Array.of(1, 1, 1, 4, 5, 1), 3);
    expectClose(x, [-2.5, 2.5]);
    expectClose(y, [0, 0], { absolute: 1e-6 });
    expectClose(explained, [1, 0]);
  });

  it('with constant columns have the components of the others', () => {
    const free = Float32Array.of(0, 0, 2, 1, 4, 1, 6, 3);
    const padded = Float32Array.from(
      { length: 16 },
      (_, i) => [7, free[2 * (i >> 2)]!, -1, free[2 * (i >> 2) + 1]!][i % 4]!,
    );
    const expected = projectToPlane(free, 2);
    const got = projectToPlane(padded, 4);
    expectClose(got.x, expected.x);
    expectClose(got.y, expected.y);
    expectClose(got.explained, expected.explained);
  });
});
