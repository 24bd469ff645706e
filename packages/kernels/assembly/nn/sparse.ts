import { activate } from './activation';
import { activation, alpha, bias } from './epilogue';
import { multiplyAdd } from './multiply-add';
import { isFinite, packPanel } from './pack';
import { packedAt } from './packed';
import { MOST_COLUMNS, tileColumns } from './tile';

// A left operand with many zeros (the pixels of drawings, the border of any image, what ReLU leaves) is multiplied number by number:
// each of its other numbers times a row of B's panel. Dropping the products with zeros leaves all sums' bits alone: a
// sum that starts from +0 is never -0, so that adding a zero of either sign does nothing; except if B is infinite or
// NaN, which is looked for first.
const COLUMNS: i32 = 32;
const BLOCK_M: i32 = 256;
const BLOCK_K: i32 = 256;
const PANEL: usize = 4 * <usize>(COLUMNS * BLOCK_K);
const LISTS: usize = 8 * <usize>(BLOCK_M * BLOCK_K);
const TILE: usize = 4 * <usize>COLUMNS;

/** Bytes of scratch memory that `multiplySparse` needs. */
export const SPARSE_SCRATCH: usize = PANEL + LISTS + 4 * <usize>BLOCK_M + 3 * TILE;

// Looked at to guess how many of A's numbers are zero, and how many of them must be for dropping to gain: the wide tile multiplies
// faster than rows are added up, the narrow one does not.
const SAMPLES: i32 = 128;
const ZERO_SAMPLES: i32 = 56;
const NARROW_ZERO_SAMPLES: i32 = 40;
// Products smaller than this are over before they could gain, and listing A's numbers is not worth fewer columns.
const SMALL: i32 = 16;
const FEWEST_COLUMNS: i32 = 128;

/** Whether `multiplySparse` is the faster way, and gives the same bits. */
export function isSparse(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
): bool {
  return bColumn == 1 && hasZeros(m, n, k, a, aRow, aColumn) && isFinite(b, <usize>bRow << 2, k, n);
}

/** Whether `multiplySparse` is the faster way, by a guess at A's zeros. */
export function hasZeros(m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32): bool {
  if (m < SMALL || n < FEWEST_COLUMNS || k < SMALL) return false;
  let zeros = 0, row = 0, column = 0;
  for (let i = 0; i < SAMPLES; i++) {
    // Steps without a common pattern with images or batches, and spread over the whole matrix.
    row = (row + 7919) % m;
    column = (column + 104729) % k;
    zeros += <i32>(load<f32>(a + (<usize>(row * aRow + column * aColumn) << 2)) == 0);
  }
  return zeros >= (tileColumns() == MOST_COLUMNS ? ZERO_SAMPLES : NARROW_ZERO_SAMPLES);
}

/**
 * `gemm` for an A of few nonzero numbers and a finite B with rows of one piece, or in `panels` as `packRight` lays them (0 for none); the
 * epilogue is that of epilogue.ts.
 */
export function multiplySparse(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, panels: usize,
  c: usize, cRow: i32, scratch: usize,
): void {
  const room = scratch;
  const panelRow: u32 = panels ? 4 * MOST_COLUMNS : 4 * COLUMNS;
  const lists = room + PANEL;
  const ends = lists + LISTS;
  const tile = ends + 4 * <usize>BLOCK_M;
  const tileBias = tile + TILE;
  const zeros = tileBias + TILE;
  memory.fill(zeros, 0, TILE);
  for (let k0 = 0; k0 < k; k0 += BLOCK_K) {
    const depth = min(BLOCK_K, k - k0);
    const finish = k0 + depth >= k;
    for (let m0 = 0; m0 < m; m0 += BLOCK_M) {
      const rows = min(BLOCK_M, m - m0);
      listNonzeros(a + (<usize>(m0 * aRow + k0 * aColumn) << 2), <usize>aRow << 2, <usize>aColumn << 2, rows, depth,
        panelRow, lists, ends);
      for (let j = 0; j < n; j += COLUMNS) {
        const columns = min(COLUMNS, n - j);
        let panel = room, second: usize = 4 * MOST_COLUMNS;
        if (panels) {
          panel = packedAt(panels, j, k0, k);
          second = columns > MOST_COLUMNS ? packedAt(0, MOST_COLUMNS, 0, k) : 0;
        } else packPanel(b + (<usize>(k0 * bRow + j) << 2), 4, <usize>bRow << 2, columns, COLUMNS, depth, panel);
        let rowBias: usize = finish && bias ? bias + (<usize>j << 2) : 0;
        if (rowBias && columns < COLUMNS) {
          memory.copy(tileBias, rowBias, <usize>columns << 2);
          rowBias = tileBias;
        }
        let list = lists;
        for (let i = 0; i < rows; i++) {
          const end = <usize>load<u32>(ends + (<usize>i << 2));
          const out = c + (<usize>((m0 + i) * cRow + j) << 2);
          if (columns == COLUMNS) {
            multiplyList(list, end, panel, second, k0 ? out : zeros, out, rowBias);
            if (finish && activation) activateRow(out);
          } else {
            if (k0) memory.copy(tile, out, <usize>columns << 2);
            multiplyList(list, end, panel, second, k0 ? tile : zeros, tile, rowBias);
            if (finish && activation) activateRow(tile);
            memory.copy(out, tile, <usize>columns << 2);
          }
          list = end;
        }
      }
    }
  }
}

/** Lists each row's numbers that are not zero, and for each where in the panel its row of B lies. */
function listNonzeros(
  a: usize, rowBytes: usize, step: usize, rows: i32, depth: i32, panelRow: u32, list: usize, ends: usize,
): void {
  for (let i = 0; i < rows; i++) {
    let at = a;
    let row: u32 = 0;
    for (let k = depth; k > 0; k--) {
      // Written always and kept if it counts: a branch here would be mispredicted at every edge of a drawing.
      const value = load<f32>(at);
      store<f32>(list, value);
      store<u32>(list, row, 4);
      list += <usize>(value != 0) << 3;
      at += step;
      row += panelRow;
    }
    store<u32>(ends, <u32>list);
    ends += 4;
    a += rowBytes;
  }
}

/**
 * One row of C, 32 columns: `start` plus the listed numbers times their rows of B, in order, then plus `bias` unless 0. A row's second half
 * lies `second` bytes after its first.
 */
function multiplyList(list: usize, end: usize, panel: usize, second: usize, start: usize, c: usize, bias: usize): void {
  // From memory always, as in tile.ts.
  let c0 = v128.load(start), c1 = v128.load(start, 16), c2 = v128.load(start, 32), c3 = v128.load(start, 48),
    c4 = v128.load(start, 64), c5 = v128.load(start, 80), c6 = v128.load(start, 96), c7 = v128.load(start, 112);
  for (; list < end; list += 8) {
    const b = panel + load<u32>(list, 4);
    const d = b + second;
    const x = v128.load32_splat(list);
    c0 = multiplyAdd(c0, x, v128.load(b)); c1 = multiplyAdd(c1, x, v128.load(b, 16));
    c2 = multiplyAdd(c2, x, v128.load(b, 32)); c3 = multiplyAdd(c3, x, v128.load(b, 48));
    c4 = multiplyAdd(c4, x, v128.load(d)); c5 = multiplyAdd(c5, x, v128.load(d, 16));
    c6 = multiplyAdd(c6, x, v128.load(d, 32)); c7 = multiplyAdd(c7, x, v128.load(d, 48));
  }
  if (bias) {
    c0 = f32x4.add(c0, v128.load(bias)); c1 = f32x4.add(c1, v128.load(bias, 16));
    c2 = f32x4.add(c2, v128.load(bias, 32)); c3 = f32x4.add(c3, v128.load(bias, 48));
    c4 = f32x4.add(c4, v128.load(bias, 64)); c5 = f32x4.add(c5, v128.load(bias, 80));
    c6 = f32x4.add(c6, v128.load(bias, 96)); c7 = f32x4.add(c7, v128.load(bias, 112));
  }
  v128.store(c, c0); v128.store(c, c1, 16); v128.store(c, c2, 32); v128.store(c, c3, 48);
  v128.store(c, c4, 64); v128.store(c, c5, 80); v128.store(c, c6, 96); v128.store(c, c7, 112);
}

function activateRow(c: usize): void {
  const slope = f32x4.splat(alpha);
  for (let at: usize = 0; at < TILE; at += 16) v128.store(c + at, activate(v128.load(c + at), activation, slope));
}
