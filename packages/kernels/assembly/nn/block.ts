import { activate, RELU, rectify } from './activation';
import { copyRun } from './copy';
import { activation, alpha } from './epilogue';
import { MOST_COLUMNS, multiplyTile, ROWS, tileColumns } from './tile';

const ROW: usize = 4 * <usize>MOST_COLUMNS;
const TILE: usize = <usize>ROWS * ROW;

/** Bytes that `multiplyColumns` needs to work in. */
export const WORK: usize = TILE + 2 * ROW;

/**
 * One panel of columns times `count` rows, tile after tile.
 *
 * `a` is for the first four rows what `multiplyTile` takes, and for each next four `aBytes` further; where rows are missing at the
 * end it must have others in their place. `outs` holds the address of each row of C, to which `outOffset` is added, so that rows may lie
 * anywhere.
 */
export function multiplyColumns(
  count: i32, columns: i32, a: usize, aBytes: usize, groups: i32, aStep: usize, depth: i32,
  b: usize, bStep: usize, outs: usize, outOffset: usize, resume: bool, finish: bool, bias: usize, work: usize,
): void {
  const width = tileColumns();
  const run = <usize>columns << 2;
  const row = <usize>width << 2;
  if (!finish) bias = 0;
  if (bias && columns < width) {
    copyRun(work + TILE, bias, run);
    bias = work + TILE;
  }
  const zeros = work + TILE + ROW;
  for (let at: usize = 0; at < ROW; at += 16) v128.store(zeros + at, f32x4.splat(0)); // memory.fill is a call of the engine
  for (let i = 0; i < count; i += ROWS) {
    const rows = min(ROWS, count - i);
    const c = load<u32>(outs), cRow = load<u32>(outs, 4) - c;
    if (
      rows == ROWS && columns == width &&
      load<u32>(outs, 8) - c == 2 * cRow && load<u32>(outs, 12) - c == 3 * cRow
    ) {
      const out = c + outOffset;
      multiplyTile(a, groups, aStep, depth, b, bStep, resume ? out : zeros, resume ? cRow : 0, out, cRow, bias);
      if (finish && activation) activateTile(out, cRow, row);
    } else {
      for (let r = 0; resume && r < rows; r++) {
        copyRun(work + <usize>r * row, load<u32>(outs + (<usize>r << 2)) + outOffset, run);
      }
      multiplyTile(a, groups, aStep, depth, b, bStep, resume ? work : zeros, resume ? row : 0, work, row, bias);
      if (finish && activation) activateTile(work, row, row);
      for (let r = 0; r < rows; r++) {
        copyRun(load<u32>(outs + (<usize>r << 2)) + outOffset, work + <usize>r * row, run);
      }
    }
    a += aBytes;
    outs += 4 * ROWS;
  }
}

// Apart from the tile's function, and what most layers have apart from the others: V8 does not widen what chooses between activations.
function activateTile(c: usize, cRow: usize, bytes: usize): void {
  if (activation == RELU) {
    rectifyTile(c, cRow, bytes);
    return;
  }
  const slope = f32x4.splat(alpha);
  for (let i = 0; i < ROWS; i++) {
    for (let at: usize = 0; at < bytes; at += 32) {
      const low = activate(v128.load(c + at), activation, slope);
      const high = activate(v128.load(c + at, 16), activation, slope);
      v128.store(c + at, low);
      v128.store(c + at, high, 16);
    }
    c += cRow;
  }
}

function rectifyTile(c: usize, cRow: usize, bytes: usize): void {
  for (let i = 0; i < ROWS; i++) {
    for (let at: usize = 0; at < bytes; at += 32) {
      const low = rectify(v128.load(c + at)), high = rectify(v128.load(c + at, 16));
      v128.store(c + at, low);
      v128.store(c + at, high, 16);
    }
    c += cRow;
  }
}

/** The size of `total / size` equal blocks of at most `limit`: a small last block would cost more than its share. */
export function evenBlock(total: i32, limit: i32): i32 {
  const blocks = max(1, (total + limit - 1) / limit);
  return (total + blocks - 1) / blocks;
}
