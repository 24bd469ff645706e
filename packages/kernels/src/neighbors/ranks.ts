import type { ProductTile } from './product-tile.ts';

/**
 * A count of ranks: of each of some points, `marks` others, and how many of all the others are nearer to it than they are,
 * of equally near ones those of lower index.
 */
export interface RankCount {
  /** The points, `[.., dimensions]`, as they came. */
  points: number;
  dimensions: number;
  /** Float64 factors that bring the points to length 1 where it is these whose distances count, below 0 for rows of 0; 0 for none. */
  factors: number;
  /** Half squared distances by products are off by this times the sum of the half norms, and `slack`, at most. */
  error: number;
  slack: number;
  marks: number;
  /** `recordBytes(marks)` bytes a point. */
  records: number;
  /** Float32, a number a point, readable up to a multiple of 16. */
  bounds: number;
}

export interface RankKernels {
  /** Bytes that a point takes. */
  recordBytes(marks: number): number;
  /** Begins a count, for the points `first` and on; `indices` are the marks of these, int32 `[count, marks]`. */
  startRanks(
    ranks: RankCount,
    first: number,
    count: number,
    indices: number,
    halfNorms: number,
    scale: number,
  ): void;
  /** Counts the other points of a tile for each of its rows. */
  ranksOfRows(ranks: RankCount, tile: ProductTile): void;
  /** Counts the points of a tile for its rows and its columns; no point is in both. */
  ranksOfBoth(ranks: RankCount, tile: ProductTile): void;
  /** The ranks of each point's marks, ascending; 1 for the nearest of all. To int32 `[count, marks]`. */
  readRanks(ranks: RankCount, first: number, count: number, to: number): void;
}

/** What assembly/neighbors/ranks.ts exports. */
export interface RankExports {
  recordBytes(marks: number): number;
  setRanks(...args: number[]): void;
  startRanks(...args: number[]): void;
  ranksOfRows(...args: number[]): void;
  ranksOfBoth(...args: number[]): void;
  readRanks(...args: number[]): void;
}

export function createRanks(wasm: RankExports): RankKernels {
  const set = ({ points, dimensions, factors, error, slack, marks, records, bounds }: RankCount) =>
    wasm.setRanks(points, dimensions, factors, error, slack, marks, records, bounds);
  const spread = ({ products, rows, columns, firstRow, firstColumn, rowNorms, columnNorms }: ProductTile) => [
    products,
    rows,
    columns,
    firstRow,
    firstColumn,
    rowNorms,
    columnNorms,
  ];
  return {
    recordBytes: wasm.recordBytes,
    startRanks(ranks, first, count, indices, halfNorms, scale) {
      set(ranks);
      wasm.startRanks(first, count, indices, halfNorms, scale);
    },
    ranksOfRows(ranks, tile) {
      set(ranks);
      wasm.ranksOfRows(...spread(tile));
    },
    ranksOfBoth(ranks, tile) {
      set(ranks);
      wasm.ranksOfBoth(...spread(tile));
    },
    readRanks(ranks, first, count, to) {
      set(ranks);
      wasm.readRanks(first, count, to);
    },
  };
}
