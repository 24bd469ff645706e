import { describe, expect, it } from 'vitest';
import { createTileStore } from './tile-store.ts';
import { type Tile, tileAt } from './tiles.ts';

/** A store whose requests are answered by hand. */
function open({ limit = 100 } = {}) {
  const asked: {
    tile: Tile;
    signal: AbortSignal;
    answer(picture?: ImageBitmap): void;
    fail(error: Error): void;
  }[] = [];
  const closed: string[] = [];
  const errors: unknown[] = [];
  let came = 0;
  let now = 0;
  const store = createTileStore({
    request: (tile, signal) =>
      new Promise((resolve, reject) => {
        const name = `${tile.level}/${tile.x}/${tile.y}`;
        const picture = { width: 1, height: 1, close: () => closed.push(name) } as unknown as ImageBitmap;
        asked.push({ tile, signal, answer: () => resolve(picture), fail: reject });
      }),
    now: () => now++,
    onCome: () => came++,
    onFail: (error) => errors.push(error),
    limit,
    atOnce: 2,
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const names = () => store.stored.map(({ tile }) => `${tile.level}/${tile.x}/${tile.y}`);
  return { store, asked, closed, errors, names, settle, count: () => came };
}
const row = (...xs: number[]) => xs.map((x) => tileAt(0, x, 0));

describe('stored tiles', () => {
  it('are asked for in order, two at once, each one time', async () => {
    const { store, asked, names, settle, count } = open();
    store.want(row(0, 1, 2));
    store.want(row(0, 1, 2));
    expect(asked.map(({ tile }) => tile.x)).toEqual([0, 1]);
    asked[1]!.answer();
    await settle();
    expect(asked.map(({ tile }) => tile.x)).toEqual([0, 1, 2]);
    asked[0]!.answer();
    asked[2]!.answer();
    await settle();
    expect(new Set(names())).toEqual(new Set(['0/0/0', '0/1/0', '0/2/0']));
    expect(count()).toBe(3);
    store.want(row(2, 0));
    expect(asked).toHaveLength(3);
  });

  it('are of the newest view: what nobody looks at any more is given up', async () => {
    const { store, asked, names, closed, settle } = open();
    store.want(row(0, 1, 2));
    store.want(row(7, 1));
    expect(asked[0]!.signal.aborted).toBe(true);
    expect(asked[1]!.signal.aborted).toBe(false);
    expect(asked.map(({ tile }) => tile.x)).toEqual([0, 1, 7]);
    // One that comes all the same is not kept.
    asked[0]!.answer();
    asked[1]!.answer();
    await settle();
    expect(names()).toEqual(['0/1/0']);
    expect(closed).toEqual(['0/0/0']);
  });

  it('that fail are told, and not asked for again until another model comes', async () => {
    const { store, asked, errors, settle } = open();
    store.want(row(0));
    asked[0]!.fail(new Error('the thread ended'));
    await settle();
    expect(errors).toEqual([new Error('the thread ended')]);
    store.want(row(0));
    expect(asked).toHaveLength(1);
    store.forget();
    store.want(row(0));
    expect(asked).toHaveLength(2);
  });

  it('are dropped when there are too many, those looked at longest ago first', async () => {
    const { store, asked, names, closed, settle } = open({ limit: 2 });
    store.want(row(0, 1));
    asked[0]!.answer();
    asked[1]!.answer();
    await settle();
    store.want(row(0, 5));
    asked[2]!.answer();
    await settle();
    expect(closed).toEqual(['0/1/0']);
    expect(new Set(names())).toEqual(new Set(['0/0/0', '0/5/0']));
  });

  it('are forgotten with their model, those under way too', async () => {
    const { store, asked, names, closed, settle } = open();
    store.want(row(0, 1));
    asked[0]!.answer();
    await settle();
    store.forget();
    expect(names()).toEqual([]);
    asked[1]!.answer();
    await settle();
    expect(names()).toEqual([]);
    expect(closed).toEqual(['0/0/0', '0/1/0']);
  });
});
