import { expect, it } from 'vitest';
import { createKernelMemory } from '../kernel-memory.ts';
import { chooseTile, setFastestTile } from './choose-tile.ts';
import type { Tile } from './kernels.ts';

const memory = createKernelMemory();

/** An engine whose products take these times, by a clock that only they move; slower by ten before the 20th product. */
function fakeEngine(times: Record<Tile, number>) {
  let time = 0;
  let tile: Tile = 'narrow';
  let products = 0;
  return {
    now: () => time,
    tile: () => tile,
    nn: {
      arithmetic: 'strict' as const,
      memory,
      setTile: (next: Tile) => {
        tile = next;
      },
      gemm: () => {
        time += products++ < 20 ? 10 * times.narrow : times[tile];
      },
    },
  };
}

it.each([
  ['narrow', { narrow: 0.1, wide: 0.12 }],
  ['wide', { narrow: 0.1, wide: 0.08 }],
] as const)('sets and returns the faster tile: %s', (expected, times) => {
  const { nn, now, tile } = fakeEngine(times);
  expect(chooseTile(nn, { now })).toBe(expected);
  expect(tile()).toBe(expected);
});

it('stops when its time is up', () => {
  const { nn, now } = fakeEngine({ narrow: 0.1, wide: 0.1 });
  chooseTile(nn, { now, budgetMs: 40 });
  expect(now()).toBeGreaterThanOrEqual(40);
  expect(now()).toBeLessThan(42);
});

it('is the narrow tile where the clock stands still', () => {
  let reads = 0;
  const { nn } = fakeEngine({ narrow: 0, wide: 0 });
  // Coarse, as in browsers that round their clocks: every reading of a turn is the same.
  expect(chooseTile(nn, { now: () => 10 * Math.floor(reads++ / 50) })).toBe('narrow');
});

it('gives back the memory that it took', () => {
  const before = memory.allocate(16);
  memory.free(before);
  const { nn, now } = fakeEngine({ narrow: 0.1, wide: 0.1 });
  chooseTile(nn, { now });
  expect(memory.allocate(16)).toBe(before);
});

it('is measured once a program, and not by less than the whole budget', () => {
  const [narrow, wide] = [fakeEngine({ narrow: 0.1, wide: 0.12 }), fakeEngine({ narrow: 0.1, wide: 0.08 })];
  expect(setFastestTile(narrow.nn, { now: narrow.now, budgetMs: 29 })).toBe('narrow');
  expect(setFastestTile(wide.nn, { now: wide.now })).toBe('wide');
  const later = fakeEngine({ narrow: 0.1, wide: 0.12 });
  expect(setFastestTile(later.nn, { now: later.now })).toBe('wide');
  expect([later.tile(), later.now()]).toEqual(['wide', 0]);
});
