import { describe, expect, it } from 'vitest';
import { tileAt, tileCodes, tileLevel, tilesInView } from './tiles.ts';

describe('tiles', () => {
  it('have cells from 28 to 56 pixels wide, whatever the zoom', () => {
    for (let scale = 0.5; scale < 1e5; scale *= 1.37) {
      const cell = scale * 2 ** -tileLevel(scale);
      expect(cell).toBeGreaterThanOrEqual(28);
      expect(cell).toBeLessThan(56);
    }
  });

  it('tile the plane, each of the next level a quarter of one', () => {
    expect(tileAt(0, 0, 0)).toEqual({ level: 0, x: 0, y: 0, left: 0, top: 8, width: 8 });
    expect(tileAt(1, 1, 1)).toMatchObject({ left: 4, top: 8, width: 4 });
    expect(tileAt(2, -1, -1)).toMatchObject({ left: -2, top: 0, width: 2 });
  });

  it('cover a view, those in its middle first', () => {
    const camera = { x: 1, y: 1, scale: 32 };
    const size = { width: 640, height: 320 }; // 20 x 10 units around (1, 1)
    const tiles = tilesInView(camera, size, 0);
    expect(new Set(tiles.map(({ x, y }) => `${x},${y}`))).toEqual(
      new Set(['-2,-1', '-1,-1', '0,-1', '1,-1', '-2,0', '-1,0', '0,0', '1,0']),
    );
    expect(tiles[0]).toMatchObject({ x: 0, y: 0 });
    expect(tiles.at(-1)!.x).toBe(-2);
  });

  it('are decoded at the middles of their cells, from the upper left, row by row', () => {
    const codes = tileCodes(tileAt(0, 0, 0));
    expect(codes).toHaveLength(128);
    expect([...codes.subarray(0, 4)]).toEqual([0.5, 7.5, 1.5, 7.5]);
    expect([...codes.subarray(16, 18)]).toEqual([0.5, 6.5]);
    expect([...codes.subarray(126)]).toEqual([7.5, 0.5]);
  });
});
