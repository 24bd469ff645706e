import { evenBlock, multiplyColumns, WORK } from './block';
import { activation, alpha, bias, finishRows, setEpilogue } from './epilogue';
import { multiplyFewRows } from './few-rows';
import { packPanel } from './pack';
import { isPackedFinite, packedAt, packedPanels } from './packed';
import { hasZeros, isSparse, multiplySparse, SPARSE_SCRATCH } from './sparse';
import { MOST_COLUMNS, PANEL, ROWS, tileColumns } from './tile';

// Goto and van de Geijn's blocking: a panel of B stays in L1, all of a block's panels and the rows of A in L2, a tile of
// C in registers. Results depend on none of these.
const BLOCK_M: i32 = 128;
const BLOCK_N: i32 = 512;
const BLOCK_K: i32 = 320;
// A product of so few columns is computed as its transpose, with them as the rows of a tile.
const FEW_COLUMNS: i32 = 4;
// So few rows of A are not worth a tile where B is wide.
const FEWEST_ROWS: i32 = 4;
const WIDE: i32 = 64;
// For so few rows, packing B costs more than what it gains.
const FEW_ROWS: i32 = 8;
// For more columns than this, A is worth packing.
const PACKING_COLUMNS: i32 = 64;

const PACKED_A: usize = 4 * <usize>(BLOCK_M * BLOCK_K);
const PACKED_B: usize = 4 * <usize>(BLOCK_N * BLOCK_K);
const ROW_ADDRESSES: usize = 4 * <usize>BLOCK_M;
const FLIPPED: usize = 4 * <usize>(FEW_COLUMNS * BLOCK_N);

const DENSE_SCRATCH: usize = PACKED_A + PACKED_B + 2 * ROW_ADDRESSES + WORK + FLIPPED;

/** Bytes of scratch memory that `gemm` needs, whatever the sizes. */
export const GEMM_SCRATCH: usize = DENSE_SCRATCH > SPARSE_SCRATCH ? DENSE_SCRATCH : SPARSE_SCRATCH;

/**
 * `C = activation(A B + bias)`.
 *
 * A is m x k, B is k x n, C is m x n with rows `cRow` apart. All strides are in numbers; a transposed operand is one
 * with its strides swapped. `bias` (n numbers) may be 0 for none. With k = 0 the product is zero.
 */
export function gemm(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aColumn: i32,
  b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, bias: usize, activation: i32, alpha: f32, scratch: usize,
): void {
  setEpilogue(bias, activation, alpha);
  if (n <= FEW_COLUMNS && n < m) {
    multiplyFlipped(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, scratch);
  } else if (m <= FEWEST_ROWS && n >= WIDE && bColumn == 1) {
    multiplyFewRows(m, n, k, a, aRow, aColumn, b, bRow, c, cRow);
  } else if (isSparse(m, n, k, a, aRow, aColumn, b, bRow, bColumn)) {
    multiplySparse(m, n, k, a, aRow, aColumn, b, bRow, 0, c, cRow, scratch);
  } else {
    multiply(m, n, k, a, aRow, aColumn, b, bRow, bColumn, 0, c, cRow, scratch);
  }
}

/** As `gemm`, by a B that `packRight` has packed: the same bits. */
export function gemmPacked(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, packed: usize,
  c: usize, cRow: i32, bias: usize, activation: i32, alpha: f32, scratch: usize,
): void {
  setEpilogue(bias, activation, alpha);
  const panels = packedPanels(packed);
  if (hasZeros(m, n, k, a, aRow, aColumn) && isPackedFinite(packed)) {
    multiplySparse(m, n, k, a, aRow, aColumn, 0, 0, panels, c, cRow, scratch);
  } else {
    multiply(m, n, k, a, aRow, aColumn, 0, 0, 0, panels, c, cRow, scratch);
  }
}

/** By tiles; `panels` is B as `packRight` lays it, or 0 to read it from `b`. */
function multiply(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32, panels: usize,
  c: usize, cRow: i32, scratch: usize,
): void {
  const packedA = scratch;
  const packedB = packedA + PACKED_A;
  const tables = packedB + PACKED_B;
  const outs = tables + ROW_ADDRESSES;
  const work = outs + ROW_ADDRESSES;
  const width = tileColumns();
  const aRowBytes = <usize>aRow << 2, aColumnBytes = <usize>aColumn << 2;
  const bRowBytes = <usize>bRow << 2, bColumnBytes = <usize>bColumn << 2;
  const cRowBytes = <usize>cRow << 2;
  const packsA = n > PACKING_COLUMNS;
  const packsB = bColumn != 1 || m > FEW_ROWS;
  const blockM = (evenBlock(m, BLOCK_M) + ROWS - 1) & -ROWS;
  const blockN = (evenBlock(n, BLOCK_N) + width - 1) & -width;
  const blockK = evenBlock(k, BLOCK_K);

  for (let n0 = 0; n0 < n; n0 += blockN) {
    const nBlock = min(blockN, n - n0);
    let k0 = 0;
    do {
      const depth = min(blockK, k - k0);
      const finish = k0 + depth >= k;
      const panelA = <usize>(ROWS * depth) << 2;
      const panelB = <usize>(width * depth) << 2;
      const b0 = b + <usize>n0 * bColumnBytes + <usize>k0 * bRowBytes;
      let packed = packedB;
      for (let j = 0; !panels && j < nBlock; j += width) {
        const columns = min(width, nBlock - j);
        if (packsB || columns < width) {
          packPanel(b0 + <usize>j * bColumnBytes, bColumnBytes, bRowBytes, columns, width, depth, packed);
        }
        packed += panelB;
      }
      for (let m0 = 0; m0 < m; m0 += blockM) {
        const mBlock = min(blockM, m - m0);
        const a0 = a + <usize>m0 * aRowBytes + <usize>k0 * aColumnBytes;
        if (packsA) packRowGroups(a0, aRowBytes, aColumnBytes, mBlock, depth, packedA);
        else addressRows(a0, aRowBytes, mBlock, tables);
        addressRows(c + <usize>m0 * cRowBytes, cRowBytes, mBlock, outs);
        packed = packedB;
        for (let j = 0; j < nBlock; j += width) {
          const columns = min(width, nBlock - j);
          let right = packed, rightStep = <usize>width << 2;
          if (panels) {
            right = packedAt(panels, n0 + j, k0, k);
            rightStep = 4 * MOST_COLUMNS;
          } else if (!packsB && columns == width) {
            right = b0 + (<usize>j << 2);
            rightStep = bRowBytes;
          }
          multiplyColumns(mBlock, columns, packsA ? packedA : tables, packsA ? panelA : 4 * ROWS, 1,
            packsA ? PANEL : aColumnBytes, depth, right, rightStep,
            outs, <usize>(n0 + j) << 2, k0 > 0, finish, bias ? bias + (<usize>(n0 + j) << 2) : 0, work);
          packed += panelB;
        }
      }
      k0 += blockK;
    } while (k0 < k);
  }
}

/** The addresses of `count` rows, the last one repeated to fill the last tile. */
export function addressRows(first: usize, rowBytes: usize, count: i32, to: usize): void {
  const filled = (count + ROWS - 1) & -ROWS;
  for (let i = 0; i < filled; i++) {
    store<u32>(to, <u32>(first + <usize>min(i, count - 1) * rowBytes));
    to += 4;
  }
}

/** Packs `count` rows of A into panels of four. */
function packRowGroups(a: usize, rowBytes: usize, columnBytes: usize, count: i32, depth: i32, packed: usize): void {
  for (let i = 0; i < count; i += ROWS) {
    packPanel(a + <usize>i * rowBytes, rowBytes, columnBytes, min(ROWS, count - i), ROWS, depth, packed);
    packed += <usize>(ROWS * depth) << 2;
  }
}

/** The product as the transpose of `B' A'`, for few columns: the sums are the same. */
function multiplyFlipped(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, scratch: usize,
): void {
  const flipped = scratch + DENSE_SCRATCH - FLIPPED;
  const epilogueBias = bias, epilogueActivation = activation;
  for (let m0 = 0; m0 < m; m0 += BLOCK_N) {
    const count = min(BLOCK_N, m - m0);
    setEpilogue(0, 0, alpha);
    const right = a + (<usize>m0 * (<usize>aRow << 2));
    multiply(n, count, k, b, bColumn, bRow, right, aColumn, aRow, 0, flipped, BLOCK_N, scratch);
    setEpilogue(epilogueBias, epilogueActivation, alpha);
    for (let i = 0; i < count; i++) {
      const row = c + (<usize>(m0 + i) * <usize>cRow << 2);
      for (let j = 0; j < n; j++) {
        store<f32>(row + (<usize>j << 2), load<f32>(flipped + (<usize>(j * BLOCK_N + i) << 2)));
      }
      finishRows(row, 1, n);
    }
  }
}
