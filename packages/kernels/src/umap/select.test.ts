import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { createUmapBench } from '../testing/umap-bench.ts';

const bench = await createUmapBench();
const EPOCHS = 40;

const randomRates = (count: number) => {
  const random = createRandom({ seed: 3, stream: Stream.sample, index: count });
  return Uint32Array.from({ length: count }, () => random.word());
};

describe('select', () => {
  it.each([0, 1, 2, 3, 4, 5, 17, 100])(
    'takes each of %d edges as often as its rate says, in order',
    (count) => {
      const rates = randomRates(count);
      const times = new Array<number>(count).fill(0);
      for (let epoch = 0; epoch < EPOCHS; epoch++) {
        const selected = [...bench.select(rates, epoch)];
        const edges = selected.filter((edge) => edge < count);
        expect(edges).toEqual([...new Set(edges)].sort((a, b) => a - b));
        expect(selected.slice(edges.length)).toEqual(new Array(selected.length - edges.length).fill(count));
        for (const edge of edges) {
          times[edge]!++;
          const share = rates[edge]! / 2 ** 32;
          expect(Math.floor((epoch + 1) * share)).toBe(Math.floor(epoch * share) + 1);
        }
      }
      expect(times).toEqual(Array.from(rates, (rate) => Math.floor((EPOCHS * rate) / 2 ** 32)));
    },
  );

  it('never takes an edge of rate 0, and one of the highest rate in all epochs but the first', () => {
    const rates = Uint32Array.of(0, 2 ** 32 - 1, 0);
    expect([...bench.select(rates, 0)]).toEqual([]);
    for (let epoch = 1; epoch < EPOCHS; epoch++) expect(bench.select(rates, epoch)[0]).toBe(1);
  });
});
