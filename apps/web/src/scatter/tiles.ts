import { type Camera, type Size, visibleBounds } from './camera.ts';

/** A square of 8 x 8 decoded cells. Its name is `level`, `x` and `y`: the next level's cells are half as wide. */
export interface Tile {
  readonly level: number;
  /** How many tiles of this level lie between 0 and its left side, and between 0 and its lower side. */
  readonly x: number;
  readonly y: number;
  /** Its left side, its upper side and its width, in data. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** Cells of a tile along a side. */
export const TILE_CELLS = 8;
/** The least width of a cell in CSS pixels; at twice that the next level begins. */
const CELL_PX = 28;
const DEEPEST = 40;

/** The level whose cells are from 28 to 56 CSS pixels wide; at level 0 a cell is a unit of data. */
export function tileLevel(scale: number): number {
  return Math.min(Math.max(Math.floor(Math.log2(scale / CELL_PX)), -DEEPEST), DEEPEST);
}

export function tileAt(level: number, x: number, y: number): Tile {
  const width = TILE_CELLS * 2 ** -level;
  return { level, x, y, left: x * width, top: (y + 1) * width, width };
}

/** The tiles of a level that a view shows, those in its middle first. */
export function tilesInView(camera: Camera, size: Size, level: number): Tile[] {
  const { width } = tileAt(level, 0, 0);
  const { left, right, bottom, top } = visibleBounds(camera, size);
  const tiles: Tile[] = [];
  for (let y = Math.floor(bottom / width); y * width < top; y++) {
    for (let x = Math.floor(left / width); x * width < right; x++) tiles.push(tileAt(level, x, y));
  }
  const away = (tile: Tile) => Math.hypot(tile.left + width / 2 - camera.x, tile.top - width / 2 - camera.y);
  return tiles.sort((a, b) => away(a) - away(b));
}

/** The codes in the middles of a tile's cells, as they are read: from the upper left, row by row. [64, 2] */
export function tileCodes({ left, top, width }: Pick<Tile, 'left' | 'top' | 'width'>): Float32Array {
  const step = width / TILE_CELLS;
  return Float32Array.from({ length: 2 * TILE_CELLS ** 2 }, (_, i) => {
    const cell = i >> 1;
    return i % 2
      ? top - (Math.floor(cell / TILE_CELLS) + 0.5) * step
      : left + ((cell % TILE_CELLS) + 0.5) * step;
  });
}
