import { neighborsBinary } from '../generated/neighbors-binary.ts';
import { instantiateKernels } from '../instantiate-kernels.ts';
import type { KernelMemory } from '../kernel-memory.ts';
import { withScratch } from '../with-scratch.ts';
import type { ChosenTile, ProductTile } from './product-tile.ts';
import { createRanks, type RankExports, type RankKernels } from './ranks.ts';

/**
 * Lists of the nearest found so far, one for each of some points: `size` pairs of a float32 distance and an int32 index,
 * nearest first, of equals the one first that was offered first.
 */
export interface NeighborLists {
  /** The pairs, 8 bytes each. */
  pointer: number;
  /** The last distance of each list, float32. */
  bounds: number;
  size: number;
}

/** What lists are refined by. */
export interface Refinement {
  /** Rows that the lists belong to, and the points in them: `[.., dimensions]`, as they came. */
  queries: number;
  points: number;
  dimensions: number;
  /** Float64 factors that bring the rows to length 1 where it is these whose distances count, below 0 for rows of 0; 0 for none. */
  queryFactors: number;
  pointFactors: number;
  /** Half norms of the rows, of which distances are known to `error` times their sum and `slack` besides, after multiplication by `scale`. */
  halfNorms: number;
  scale: number;
  error: number;
  slack: number;
  /** Lists hold all points there are. */
  complete: boolean;
  /** Half squared distances, not distances. */
  halve: boolean;
}

/** Where `k` neighbours of each row go: int32 and float32 `[.., k]`. */
export interface NeighborTarget {
  k: number;
  indices: number;
  distances: number;
}

/** Kernels of nearest neighbours in one WebAssembly memory. All pointers are byte offsets into it. */
export interface NeighborKernels extends RankKernels {
  /** The largest absolute value. */
  largest(numbers: number, count: number): number;
  /** Adds rows to the float64 sums of their columns. */
  addRows(rows: number, count: number, dimensions: number, sums: number): void;
  /** `to = (rows - centre) * scale`. */
  centreRows(
    rows: number,
    count: number,
    dimensions: number,
    centre: number,
    scale: number,
    to: number,
  ): void;
  /** `row / |row|`, and the float64 factors `1 / |row|`; for rows of 0 these and 1. */
  unitRows(rows: number, count: number, dimensions: number, to: number, factors: number): void;
  /** `|row|^2 / 2`, with the bits of half of gemm's product of the row with itself. */
  halfNorms(rows: number, count: number, dimensions: number, to: number): void;
  /** Empties lists. */
  clearLists(lists: NeighborLists, count: number): void;
  /**
   * Offers a tile of products to the lists of its rows by half squared distances `h_i + h_j - products[i, j]`; a row's own
   * point is left out if `skipsSelf`.
   */
  nearestOfRows(tile: ProductTile, lists: NeighborLists, skipsSelf: boolean): void;
  /** Offers a tile to the lists of its rows and of its columns; no point is in both. Lists and bounds begin with point 0. */
  nearestOfBoth(tile: ProductTile, lists: NeighborLists): void;
  /** Offers a tile of any rows and columns to the lists of its rows; a point is left out of its own if `skipsSelf`. */
  nearestOfChosen(tile: ChosenTile, lists: NeighborLists, skipsSelf: boolean): void;
  /**
   * The k nearest of the lists `first` to `first + count` by exact distances.
   *
   * @param unsure where the numbers of lists go that may have missed a neighbour, int32.
   * @returns how many these are.
   */
  refineLists(
    lists: NeighborLists,
    first: number,
    count: number,
    refinement: Refinement,
    target: NeighborTarget,
    unsure: number,
  ): number;
  /** The k nearest of `count` points to the query `row`, by all the distances; `self` (-1: none) is left out. */
  nearestExactly(
    row: number,
    count: number,
    self: number,
    refinement: Refinement,
    target: NeighborTarget,
  ): void;
}

/** What assembly/neighbors/index.ts exports. */
interface NeighborExports extends RankExports {
  largest(numbers: number, count: number): number;
  addRows(...args: number[]): void;
  centreRows(...args: number[]): void;
  unitRows(...args: number[]): void;
  halfNorms(...args: number[]): void;
  clearLists(...args: number[]): void;
  nearestOfRows(...args: number[]): void;
  nearestOfBoth(...args: number[]): void;
  nearestOfChosen(...args: number[]): void;
  refineScratch(size: number): number;
  refineLists(...args: number[]): number;
  nearestExactly(...args: number[]): void;
}

/** A first row that is no column's point. */
const NO_POINT = -(2 ** 30);

/**
 * Compiles the kernels of nearest neighbours into a memory. Arithmetic is in a fixed order: the same bits on every engine.
 *
 * @example
 * const memory = createKernelMemory();
 * const neighbors = await createNeighborKernels(memory);
 */
export async function createNeighborKernels(memory: KernelMemory): Promise<NeighborKernels> {
  const wasm = await instantiateKernels<NeighborExports>(neighborsBinary, memory);

  return {
    largest: wasm.largest,
    addRows: wasm.addRows,
    centreRows: wasm.centreRows,
    unitRows: wasm.unitRows,
    halfNorms: wasm.halfNorms,
    ...createRanks(wasm),
    clearLists({ pointer, bounds, size }, count) {
      wasm.clearLists(pointer, size, bounds, count);
    },
    nearestOfRows(tile, { pointer, bounds, size }, skipsSelf) {
      const { products, rows, columns, firstRow, firstColumn, rowNorms, columnNorms } = tile;
      wasm.nearestOfRows(
        ...[products, rows, columns, skipsSelf ? firstRow : NO_POINT, firstColumn, rowNorms, columnNorms],
        ...[pointer + 8 * firstRow * size, bounds + 4 * firstRow, size],
      );
    },
    nearestOfBoth(tile, { pointer, bounds, size }) {
      const { products, rows, columns, firstRow, firstColumn, rowNorms, columnNorms } = tile;
      wasm.nearestOfBoth(
        ...[products, rows, columns, firstRow, firstColumn, rowNorms, columnNorms],
        ...[pointer + 8 * firstRow * size, bounds + 4 * firstRow],
        ...[pointer + 8 * firstColumn * size, bounds + 4 * firstColumn, size],
      );
    },
    nearestOfChosen(tile, { pointer, bounds, size }, skipsSelf) {
      const { products, rows, columns, rowIds, columnIds, norms, columnNorms } = tile;
      wasm.nearestOfChosen(
        ...[products, rows, columns, rowIds, columnIds, norms, columnNorms],
        ...[pointer, bounds, size, skipsSelf ? 1 : 0],
      );
    },
    refineLists(lists, first, count, refinement, { k, indices, distances }, unsure) {
      const { queries, points, dimensions, queryFactors, pointFactors, halfNorms } = refinement;
      const { scale, error, slack, complete, halve } = refinement;
      return withScratch(memory, wasm.refineScratch(k), (scratch) =>
        wasm.refineLists(
          ...[lists.pointer + 8 * first * lists.size, lists.size, first, count],
          ...[queries + 4 * first * dimensions, points, dimensions],
          ...[queryFactors && queryFactors + 8 * first, pointFactors],
          ...[halfNorms + 4 * first, scale, error, slack, complete ? 1 : 0],
          ...[k, halve ? 1 : 0, indices + 4 * first * k, distances + 4 * first * k, unsure, scratch],
        ),
      );
    },
    nearestExactly(row, count, self, refinement, { k, indices, distances }) {
      const { queries, points, dimensions, queryFactors, pointFactors, halve } = refinement;
      withScratch(memory, wasm.refineScratch(k), (scratch) =>
        wasm.nearestExactly(
          ...[queries + 4 * row * dimensions, points, count, dimensions],
          ...[queryFactors && queryFactors + 8 * row, pointFactors, self, k, halve ? 1 : 0],
          ...[indices + 4 * row * k, distances + 4 * row * k, scratch],
        ),
      );
    },
  };
}
