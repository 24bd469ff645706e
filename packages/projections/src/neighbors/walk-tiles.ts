import type { ProductTile } from '@latentkit/kernels/neighbors';
import type { PointMemory } from './point-memory.ts';
import type { PreparedPoints } from './prepared-points.ts';

/** A tile, and whose pairs it has: `'self'` the rows' points with themselves, `'both'` two sets of points without a common one. */
export interface WalkedTile extends ProductTile {
  readonly pairs: 'self' | 'both' | 'queries';
}

const ROWS = 512;
const COLUMNS = 256;
// About 5 ms at 60 GFLOP/s; for many dimensions by smaller tiles.
const OPERATIONS_A_TILE = 3e8;
const OPERATIONS_A_STEP = 2e8;
// What looking for neighbours costs a pair beside its product.
const SEARCH_OPERATIONS = 24;

/** Operations that a walk takes: about as long as products of as many. */
export function walkOperations(
  rows: number,
  columns: number,
  dimensions: number,
  symmetric: boolean,
): number {
  return (rows * columns * (2 * dimensions + SEARCH_OPERATIONS)) / (symmetric ? 2 : 1);
}

/**
 * Multiplies all pairs of rows with columns tile by tile, and hands each tile to `visit`; yields operations done, after
 * some milliseconds each.
 *
 * Points with themselves (`queries` undefined) by symmetry: each pair of points is in one tile, but for those of a square
 * on the diagonal, which are in it both ways. A point meets the others in ascending order.
 *
 * @param extra operations that visiting a pair takes at worst, beside those of a search for neighbours.
 */
export function* walkTiles(
  { memory, nn }: PointMemory,
  points: PreparedPoints,
  queries: PreparedPoints | undefined,
  visit: (tile: WalkedTile) => void,
  extra = 0,
): Generator<number, void> {
  const { dimensions } = points;
  const asked = queries ?? points;
  const [mostRows, mostColumns] = tileSize(dimensions);
  const products = memory.allocate(4 * (mostRows * mostColumns + 16));
  let done = 0;
  let length = 0;
  const multiply = (firstRow: number, rows: number, firstColumn: number, columns: number) => {
    const view = (of: PreparedPoints, first: number) => of.centred + 4 * first * dimensions;
    nn.gemm(
      ...([rows, columns, dimensions] as const),
      { pointer: view(asked, firstRow), rowStride: dimensions, columnStride: 1 },
      { pointer: view(points, firstColumn), rowStride: 1, columnStride: dimensions },
      products,
    );
    done += walkOperations(rows, columns, dimensions, false);
    length += rows * columns * (2 * dimensions + SEARCH_OPERATIONS + extra);
    visit({
      ...{ products, rows, columns, firstRow, firstColumn },
      rowNorms: asked.halfNorms + 4 * firstRow,
      columnNorms: points.halfNorms + 4 * firstColumn,
      pairs: queries ? 'queries' : firstRow === firstColumn ? 'self' : 'both',
    });
  };
  for (let firstRow = 0; firstRow < asked.count; firstRow += mostRows) {
    const end = Math.min(firstRow + mostRows, asked.count);
    for (let first = queries ? 0 : firstRow; first < points.count; first += mostColumns) {
      const columns = Math.min(mostColumns, points.count - first);
      const rows = (queries ? end : Math.min(end, first)) - firstRow;
      if (rows > 0) multiply(firstRow, rows, first, columns);
      if (!queries && first < end) multiply(first, columns, first, columns);
      if (length < OPERATIONS_A_STEP) continue;
      yield done;
      done = length = 0;
    }
  }
  yield done;
  memory.free(products);
}

/** Both multiples of 16, and the rows of the columns. */
function tileSize(dimensions: number): [rows: number, columns: number] {
  let [rows, columns] = [ROWS, COLUMNS];
  while (rows * columns * 2 * dimensions > OPERATIONS_A_TILE && columns > 16) {
    if (rows > columns) rows /= 2;
    else columns /= 2;
  }
  return [rows, columns];
}
