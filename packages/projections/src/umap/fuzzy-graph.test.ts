import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { finishPieces } from '../testing/finish-pieces.ts';
import { naiveFuzzyGraph } from '../testing/naive-fuzzy-graph.ts';
import { entriesOf, fixturePoints, neighborsOf, umapFixture } from '../testing/umap-fixture.ts';
import { fuzzyGraph } from './fuzzy-graph.ts';

const plain = { localConnectivity: 1, setOpMixRatio: 1, labels: undefined, targetWeight: 0.5 };

const fixtureGraph = async (options: Partial<Parameters<typeof fuzzyGraph>[1]> = {}) => {
  const neighbors = await neighborsOf(fixturePoints, umapFixture.neighbors - 1);
  return entriesOf(finishPieces(fuzzyGraph(neighbors, { ...plain, ...options })));
};

function expectEntries(actual: [number, number, number][], expected: [number, number, number][]): void {
  expect(actual.map(([i, j]) => [i, j])).toEqual(expected.map(([i, j]) => [i, j]));
  actual.forEach(([, , weight], e) => {
    expect(weight).toBeCloseTo(expected[e]![2], 5);
  });
}

describe('fuzzyGraph', () => {
  it("has NumPy's weights: united, mixed with their intersection, and supervised", async () => {
    expectEntries(await fixtureGraph(), umapFixture.united);
    expectEntries(
      await fixtureGraph({ setOpMixRatio: 0.3 }),
      umapFixture.mixed.filter(([, , weight]) => weight > 0),
    );
    expectEntries(await fixtureGraph({ labels: umapFixture.labels }), umapFixture.supervised);
  });

  it.each([2, 3, 4, 5, 17, 60])('is that of plain loops over full matrices, of %d points', async (count) => {
    const random = createRandom({ seed: 2, stream: Stream.sample, index: count });
    const data = Float32Array.from({ length: 3 * count }, () => random.normal());
    for (const k of [1, 4, 14].filter((size) => size < count)) {
      const neighbors = await neighborsOf({ data, count, dimensions: 3 }, k);
      for (const [localConnectivity, setOpMixRatio] of [
        [1, 1],
        [2, 0.5],
      ] as const) {
        const graph = finishPieces(fuzzyGraph(neighbors, { ...plain, localConnectivity, setOpMixRatio }));
        const expected = naiveFuzzyGraph(neighbors, { connectivity: localConnectivity, mix: setOpMixRatio });
        const actual = expected.map((row) => row.map(() => 0));
        for (const [i, j, weight] of entriesOf(graph)) actual[i]![j] = weight;
        expected.forEach((row, i) => {
          row.forEach((weight, j) => {
            expect(actual[i]![j]).toBeCloseTo(weight, 5);
          });
        });
      }
    }
  });

  it('is symmetric to the bit, of weights of 0 to 1, and has no loops', async () => {
    for (const labels of [undefined, umapFixture.labels]) {
      const entries = await fixtureGraph({ labels, setOpMixRatio: 0.7 });
      const weights = new Map(entries.map(([i, j, weight]) => [`${i} ${j}`, weight]));
      for (const [i, j, weight] of entries) {
        expect(weights.get(`${j} ${i}`)).toBe(weight);
        expect(weight).toBeLessThanOrEqual(1);
        expect(i).not.toBe(j);
      }
    }
  });

  it('has edges of weight 1 alone where all points are equal', async () => {
    const neighbors = await neighborsOf({ data: new Float32Array(20), count: 10, dimensions: 2 }, 4);
    const entries = entriesOf(finishPieces(fuzzyGraph(neighbors, plain)));
    expect(new Set(entries.map(([, , weight]) => weight))).toEqual(new Set([1]));
  });

  it('leaves hardly anything between labels at a target weight of 1, and all of it at equal labels', async () => {
    const labels = umapFixture.labels.map((label) => Math.abs(label));
    const apart = await fixtureGraph({ labels, targetWeight: 1 });
    expect(apart.filter(([i, j]) => labels[i] !== labels[j])).toEqual([]);
    const same = new Array<number>(fixturePoints.count).fill(4);
    expect((await fixtureGraph({ labels: same })).length).toBe(umapFixture.united.length);
  });

  it('is empty for a point alone', () => {
    expect(finishPieces(fuzzyGraph(undefined, plain))).toMatchObject({ count: 1, indices: new Int32Array() });
  });
});
