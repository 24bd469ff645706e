import { expect, it } from 'vitest';
import { labelAccuracy } from '../quality/label-accuracy.ts';
import { readMnist } from '../testing/mnist.ts';
import { naiveNeighbors } from '../testing/naive-neighbors.ts';
import { createNeighborSearch } from './neighbor-search.ts';

it("finds MNIST's nearest images: exactly, a share of them, and by their labels", async ({ skip }) => {
  const mnist = readMnist(2000, "MNIST's nearest images");
  if (!mnist) return skip('LATENTKIT_MNIST_DIR names no folder with the MNIST files');
  const { points, labels } = mnist;
  const run = async (method: 'exact' | 'approximate') => {
    const search = await createNeighborSearch(points, { k: 15, method });
    while (!search.graph) search.step();
    return search.graph;
  };
  const exact = await run('exact');
  const queries = { data: points.data.subarray(0, 20 * 784), count: 20, dimensions: 784 };
  const naive = naiveNeighbors(points, { k: 16, queries });
  for (let i = 0; i < 20; i++) {
    // The query itself is the first of its 16.
    expect(exact.indices.subarray(i * 15, i * 15 + 15)).toEqual(
      naive.indices.subarray(i * 16 + 1, i * 16 + 16),
    );
    expect(exact.distances.subarray(i * 15, i * 15 + 15)).toEqual(
      naive.distances.subarray(i * 16 + 1, i * 16 + 16),
    );
  }
  const approximate = await run('approximate');
  let hits = 0;
  for (let i = 0; i < 2000; i++) {
    const row = new Set(exact.indices.subarray(i * 15, i * 15 + 15));
    for (const index of approximate.indices.subarray(i * 15, i * 15 + 15)) if (row.has(index)) hits++;
  }
  expect(hits / (2000 * 15)).toBeGreaterThan(0.95);
  // By scikit-learn's brute-force neighbours and the same vote: 0.886.
  expect(await labelAccuracy(points, labels, { k: 5 })).toBe(0.886);
});
