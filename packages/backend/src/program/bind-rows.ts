import type { ArenaPlan } from './arena.ts';
import type { ClassifiedNode } from './classify.ts';
import type { BoundOperation, Location, RowStage } from './program.ts';

export interface BindRowsOptions {
  batch: number;
  rowsPerTile: number;
  /** The place of a value that lies in memory. */
  locate(value: number): Location;
  /** Numbers in a value, and in one of its rows (0 without rows). */
  sizes: readonly number[];
  rowSizes: readonly number[];
  /** Whether a value is needed in this stage alone. */
  isLocal(value: number): boolean;
  arena: ArenaPlan;
}

/** Nodes on rows as operations on tiles; values that only this stage needs go to the arena, and share room in turn. */
export function bindRows(
  nodes: readonly ClassifiedNode[],
  { batch, rowsPerTile, locate, sizes, rowSizes, isLocal, arena }: BindRowsOptions,
): RowStage {
  const lastUse = new Map<number, number>();
  for (const [i, { inputs }] of nodes.entries()) for (const value of inputs) lastUse.set(value, i);
  const tile = Math.min(batch, rowsPerTile);
  const local = new Map<number, Location>();
  const places = nodes.map(({ inputs, output, how }, i) => {
    const read = inputs.map((value, j): Location => {
      const inArena = local.get(value);
      if (inArena) return inArena;
      const advances = how.type === 'rows' && how.cut.advances[j];
      // A value without rows that is read along the batch, as a column of constants is, has them by its layout.
      const rowSize = rowSizes[value] || sizes[value]! / batch;
      return { ...locate(value), rowBytes: advances ? 4 * rowSize : 0 };
    });
    let written: Location;
    if (isLocal(output)) {
      const offset = arena.take(4 * rowSizes[output]! * tile);
      written = { area: 'arena', offset, rowBytes: 0 };
      local.set(output, written);
    } else {
      written = locate(output);
    }
    for (const value of new Set(inputs)) {
      const location = local.get(value);
      if (location && lastUse.get(value) === i) arena.release(location.offset);
    }
    return { inputs: read, output: written };
  });
  // What nothing reads stays in the arena to the end of the tile.
  for (const [value, { offset }] of local) if (!lastUse.has(value)) arena.release(offset);

  const take = (rows: number): BoundOperation[] =>
    nodes.map(({ operation, how }, i) => ({
      operation: how.type === 'rows' ? how.cut.take(rows) : operation,
      ...places[i]!,
    }));
  return { type: 'rows', rowsPerTile: tile, full: take(tile), last: take(batch % tile || tile) };
}
