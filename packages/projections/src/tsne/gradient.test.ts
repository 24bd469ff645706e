import { readFileSync } from 'node:fs';
import { createRandom, Stream } from '@latentkit/core';
import { createKernelMemory } from '@latentkit/kernels';
import { createTsneKernels } from '@latentkit/kernels/tsne';
import { describe, expect, it } from 'vitest';
import { createNeighborSearch } from '../neighbors/neighbor-search.ts';
import type { Points } from '../points.ts';
import { plainAffinities, plainDivergence, plainGradient } from '../testing/plain-tsne.ts';
import { finish } from '../work.ts';
import { planTsne } from './plan-tsne.ts';
import { startTsne } from './start-tsne.ts';

const goldens = JSON.parse(readFileSync(new URL('../../fixtures/tsne.json', import.meta.url), 'utf8'));

function normal(count: number, dimensions: number, index: number): Points {
  const random = createRandom({ seed: 11, stream: Stream.sample, index });
  return {
    data: Float32Array.from({ length: count * dimensions }, () => random.normal()),
    count,
    dimensions,
  };
}

/** Affinities over neighbours, in the kernels' memory, and dense. */
async function start(points: Points, init: Float32Array, perplexity: number) {
  const plan = planTsne(points, { init, perplexity });
  const memory = createKernelMemory();
  const tsne = await createTsneKernels(memory);
  const search = await createNeighborSearch(points, { k: plan.k });
  while (!search.graph) search.step();
  const buffers = finish(startTsne({ memory, tsne, pca: undefined }, search.graph, plan));
  const { count } = points;
  const dense = new Float64Array(count * count);
  const { buffer } = memory.memory;
  const rows = new Uint32Array(buffer, buffers.edges.rows, count + 1);
  const columns = new Uint32Array(buffer, buffers.edges.columns, rows[count]!);
  const p = new Float32Array(buffer, buffers.edges.p, rows[count]!);
  for (let i = 0; i < count; i++) {
    for (let e = rows[i]!; e < rows[i + 1]!; e++)
      dense[buffers.order[i]! * count + buffers.order[columns[e]! / 8]!]! += p[e]!;
  }
  return { buffers, dense, memory, plan, tsne };
}

describe('affinities', () => {
  it.each([4, 5, 17, 31])('of %d points that are all neighbours are those of all pairs', async (count) => {
    const points = normal(count, 3, count);
    const { dense, plan } = await start(points, new Float32Array(2 * count), 30);
    const expected = plainAffinities(points, plan.perplexity);
    dense.forEach((value, at) => {
      expect(Math.abs(value - expected[at]!)).toBeLessThan(2e-5 * Math.max(...expected));
    });
  });

  it("are scikit-learn's", async () => {
    const { points, dimensions, perplexity, affinities } = goldens.find(
      (one: { affinities?: number[] }) => one.affinities,
    );
    const count = points.length / dimensions;
    const data = Float32Array.from(points);
    const { dense } = await start({ data, count, dimensions }, new Float32Array(2 * count), perplexity);
    dense.forEach((value, at) => {
      expect(Math.abs(value - affinities[at])).toBeLessThan(1e-4 * Math.max(...affinities));
    });
  });

  it.each([2, 3, 4, 5, 17, 200])('of %d points are symmetric, and their sum is 1', async (count) => {
    const { dense } = await start(normal(count, 4, count), new Float32Array(2 * count), 5);
    expect(dense.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    for (let i = 0; i < count; i++) {
      expect(dense[i * count + i]).toBe(0);
      for (let j = 0; j < i; j++) expect(dense[i * count + j]).toBe(dense[j * count + i]);
    }
  });
});

describe.each([3, 5, 17, 150])('the gradient of %d points', (count) => {
  const map = normal(count, 2, 99).data.map((x) => 3 * x);

  it('by all pairs is that of the divergence, by finite differences', async () => {
    const { dense } = await start(normal(count, 4, 1), map, 10);
    const gradient = plainGradient(dense, map);
    const step = 1e-4;
    for (const at of [0, 1, count - 1, 2 * count - 1]) {
      const moved = (by: number) =>
        plainDivergence(dense, Float64Array.from(map).fill(map[at]! + by, at, at + 1));
      const slope = (moved(step) - moved(-step)) / (2 * step);
      expect(4 * gradient[at]!).toBeCloseTo(slope, 6);
    }
  });

  it('by the kernels is that by all pairs, and so is the divergence', async () => {
    const { buffers, dense, memory, tsne } = await start(normal(count, 4, 1), map, 10);
    const { places, attraction, repulsion, edges, scratch } = buffers;
    const expected = plainGradient(dense, map);
    const size = Math.sqrt(expected.reduce((sum, x) => sum + x * x, 0));
    for (const [repel, error] of [
      [() => tsne.repelExactly(places, count, repulsion, scratch), 1e-5],
      [() => tsne.repel(places, count, 0.5, repulsion, scratch), 5e-3],
    ] as const) {
      const z = repel();
      tsne.attract(places, count, edges, attraction);
      const view = (pointer: number) => new Float32Array(memory.memory.buffer, pointer, 2 * count);
      const [pull, push] = [view(attraction), view(repulsion)];
      let difference = 0;
      for (let at = 0; at < 2 * count; at++) {
        const point = buffers.order[at >> 1]!;
        difference += (pull[at]! - push[at]! / z - expected[2 * point + (at & 1)]!) ** 2;
      }
      expect(Math.sqrt(difference) / size).toBeLessThan(error);
      const divergence = tsne.divergence(places, count, edges) + Math.log(z);
      expect(divergence).toBeCloseTo(plainDivergence(dense, map), error < 1e-4 ? 5 : 3);
    }
  });
});
