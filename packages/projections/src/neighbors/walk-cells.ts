import type { NeighborLists } from '@latentkit/kernels/neighbors';
import type { PointMemory } from './point-memory.ts';
import type { PreparedPoints } from './prepared-points.ts';
import { walkOperations } from './walk-tiles.ts';

/** Points of each cell, and points that look into it: those of cell c are `ids[starts[c]]` to `ids[starts[c + 1] - 1]`. */
export interface Cells {
  members: Groups;
  visitors: Groups;
}

export interface Groups {
  starts: Int32Array;
  ids: Int32Array;
}

const ROWS = 512;
const COLUMNS = 256;
const OPERATIONS_A_STEP = 2e8;
// What copying a number costs, in operations.
const COPY_OPERATIONS = 30;

/** Bytes that a walk takes beside its points. */
export function walkCellsBytes(dimensions: number): number {
  return 4 * (ROWS + COLUMNS) * (dimensions + 2) + 4 * ROWS * COLUMNS + 256;
}

/** Offers the members of each cell to the lists of its visitors, but not to their own; yields the share that is done. */
export function* walkCells(
  on: PointMemory,
  points: PreparedPoints,
  { members, visitors }: Cells,
  lists: NeighborLists,
): Generator<number, void> {
  const { memory, neighbors, nn } = on;
  const { dimensions } = points;
  const left = placeBlock(on, ROWS, dimensions);
  const right = placeBlock(on, COLUMNS, dimensions);
  const products = memory.allocate(4 * (ROWS * COLUMNS + 16));
  let length = 0;
  for (let cell = 0; cell + 1 < members.starts.length; cell++) {
    const visiting = groupOf(visitors, cell);
    for (const of of chunks(groupOf(members, cell), COLUMNS)) {
      right.fill(points, of);
      for (const by of chunks(visiting, ROWS)) {
        left.fill(points, by);
        nn.gemm(
          ...([by.length, of.length, dimensions] as const),
          { pointer: left.rows, rowStride: dimensions, columnStride: 1 },
          { pointer: right.rows, rowStride: 1, columnStride: dimensions },
          products,
        );
        neighbors.nearestOfChosen(
          {
            ...{ products, rows: by.length, columns: of.length, rowIds: left.ids, columnIds: right.ids },
            ...{ norms: points.halfNorms, columnNorms: right.norms },
          },
          lists,
          true,
        );
        length += walkOperations(by.length, of.length, dimensions, false);
        length += COPY_OPERATIONS * by.length * dimensions;
        // Most pairs are near: lists are changed often.
        length += 2 * by.length * of.length * lists.size;
        if (length < OPERATIONS_A_STEP) continue;
        yield cell / (members.starts.length - 1);
        length = 0;
      }
    }
  }
}

const groupOf = ({ starts, ids }: Groups, cell: number) => ids.subarray(starts[cell], starts[cell + 1]);

function* chunks(ids: Int32Array, size: number): Generator<Int32Array> {
  for (let first = 0; first < ids.length; first += size) yield ids.subarray(first, first + size);
}

/** Room for rows of any points, side by side, with their numbers and half norms. */
function placeBlock({ memory }: PointMemory, most: number, dimensions: number) {
  const rows = memory.allocate(4 * most * dimensions);
  const ids = memory.allocate(4 * most);
  const norms = memory.allocate(4 * (most + 16));
  return {
    ...{ rows, ids, norms },
    fill(points: PreparedPoints, chosen: Int32Array) {
      const all = new Float32Array(memory.memory.buffer);
      new Int32Array(memory.memory.buffer, ids, chosen.length).set(chosen);
      all.fill(Number.POSITIVE_INFINITY, norms / 4 + chosen.length, norms / 4 + chosen.length + 16);
      for (let i = 0; i < chosen.length; i++) {
        const from = points.centred / 4 + chosen[i]! * dimensions;
        all.copyWithin(rows / 4 + i * dimensions, from, from + dimensions);
        all[norms / 4 + i] = all[points.halfNorms / 4 + chosen[i]!]!;
      }
    },
  };
}
