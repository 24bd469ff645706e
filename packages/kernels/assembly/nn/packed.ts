import { isFinite, packPanel } from './pack';
import { MOST_COLUMNS } from './tile';

// A right operand that stays, laid out once for all products by it: whether it is finite, then panels of as many columns as the widest tile
// has, of full depth, the last one filled with zeros. The narrow tile reads halves of them.
const HEAD: usize = 64;
const ROW: usize = 4 * <usize>MOST_COLUMNS;

/** Packs a k x n operand, strides in numbers, for `gemmPacked`: `packedBytes` of src/nn/packed-bytes.ts. */
export function packRight(n: i32, k: i32, b: usize, bRow: i32, bColumn: i32, to: usize): void {
  const step = <usize>bColumn << 2, stride = <usize>bRow << 2;
  const panels = packedPanels(to);
  for (let j = 0; j < n; j += MOST_COLUMNS) {
    packPanel(b + <usize>j * step, step, stride, min(MOST_COLUMNS, n - j), MOST_COLUMNS, k, packedAt(panels, j, 0, k));
  }
  store<u32>(to, <u32>isFinite(panels, ROW, panelsOf(n) * k, MOST_COLUMNS));
}

/** Whether no number of a packed operand is infinite or NaN. */
export function isPackedFinite(packed: usize): bool {
  return load<u32>(packed) != 0;
}

export function packedPanels(packed: usize): usize {
  return packed + HEAD;
}

/** Where row `row` of column `column` lies, in panels `k` deep; the columns after it, up to a multiple of the tile's, follow. */
@inline
export function packedAt(panels: usize, column: i32, row: i32, k: i32): usize {
  const within = column % MOST_COLUMNS;
  return panels + (<usize>(column / MOST_COLUMNS) * <usize>k + <usize>row) * ROW + (<usize>within << 2);
}

function panelsOf(n: i32): i32 {
  return (n + MOST_COLUMNS - 1) / MOST_COLUMNS;
}
