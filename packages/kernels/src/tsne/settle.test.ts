import { createRandom, Stream } from '@latentkit/core';
import { afterEach, describe, expect, it } from 'vitest';
import { createTsneBench } from '../testing/tsne-bench.ts';

const bench = await createTsneBench();
afterEach(() => bench.clear());

const COUNT = 300;
const random = createRandom({ seed: 3, stream: Stream.sample });
const map = Float32Array.from({ length: 2 * COUNT }, () => 10 * random.normal());

/** Edges of each new point: `k` fixed ones from its own number on, the weights falling. */
function settle(others: readonly number[], { k = 5, theta = 0, steps = 500, tolerance = 1e-5 } = {}) {
  const columns = Uint32Array.from(
    others.flatMap((first) => Array.from({ length: k }, (_, e) => 8 * (first + e))),
  );
  const weights = Array.from({ length: k }, (_, e) => k - e);
  const p = Float32Array.from(
    others.flatMap(() => weights),
    (w) => (2 * w) / (k * (k + 1)),
  );
  const out = bench.room(8 * others.length);
  bench.tsne.settle(
    {
      ...{ places: bench.put(map), count: COUNT, theta, others: out, otherCount: others.length, k },
      ...{ columns: bench.put(columns), p: bench.put(p), steps, tolerance },
    },
    bench.room(bench.tsne.settleScratch(COUNT)),
  );
  return { places: bench.take(out, 2 * others.length), columns, p };
}

/** `sum_j p_j log(p_j / (q_j / sum q))` of a point at (x, y). */
function divergence(x: number, y: number, columns: Uint32Array, p: Float32Array): number {
  const q = (j: number) => 1 / (1 + (x - map[2 * j]!) ** 2 + (y - map[2 * j + 1]!) ** 2);
  let z = 0;
  for (let j = 0; j < COUNT; j++) z += q(j);
  return p.reduce((sum, weight, e) => sum + weight * Math.log((weight * z) / q(columns[e]! / 8)), 0);
}

describe('a new point', () => {
  it('comes to rest where its divergence has a minimum', () => {
    const { places, columns, p } = settle([0, 50, 100, 250]);
    for (let i = 0; i < 4; i++) {
      const [x, y] = [places[2 * i]!, places[2 * i + 1]!];
      const [own, weights] = [columns.subarray(5 * i, 5 * i + 5), p.subarray(5 * i, 5 * i + 5)];
      const here = divergence(x, y, own, weights);
      for (const [dx, dy] of [
        [0.05, 0],
        [-0.05, 0],
        [0, 0.05],
        [0, -0.05],
      ] as const) {
        expect(divergence(x + dx, y + dy, own, weights)).toBeGreaterThan(here);
      }
    }
  });

  it('is placed as it would be alone', () => {
    const together = settle([7, 40, 200]).places;
    for (const [i, first] of [7, 40, 200].entries()) {
      expect(settle([first]).places).toEqual(together.slice(2 * i, 2 * i + 2));
    }
  });

  it('begins at the place of its first edge', () => {
    expect(settle([17], { steps: 0 }).places).toEqual(map.slice(34, 36));
  });

  it('goes nearly the same way by cells as by all points', () => {
    const [exact, approximate] = [settle([7, 40, 200]), settle([7, 40, 200], { theta: 0.5 })];
    exact.places.forEach((value, at) => {
      expect(Math.abs(value - approximate.places[at]!)).toBeLessThan(0.1);
    });
  });

  it('of a single edge stays finite', () => {
    expect(settle([0, 299], { k: 1 }).places.every(Number.isFinite)).toBe(true);
  });
});
