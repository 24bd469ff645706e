import { activate } from './activation';
import { packPanel } from './pack';

// Goto and van de Geijn's blocking: a panel of B stays in L2, a block of A in L1/L2, a 4 x 8 tile of C in registers.
const ROWS: i32 = 4;
const COLUMNS: i32 = 8;
const BLOCK_M: i32 = 128;
const BLOCK_N: i32 = 512;
const BLOCK_K: i32 = 256;

const PACKED_A: usize = 4 * <usize>(BLOCK_M * BLOCK_K);
const PACKED_B: usize = 4 * <usize>(BLOCK_N * BLOCK_K);
const TILE: usize = 4 * <usize>(ROWS * COLUMNS);
const TILE_BIAS: usize = 4 * <usize>COLUMNS;

/** Bytes of scratch memory that `gemm` needs, whatever the sizes. */
export const GEMM_SCRATCH: usize = PACKED_A + PACKED_B + TILE + TILE_BIAS;

/**
 * One 4 x 8 tile: `c (+)= a b`, then bias and activation if this is the last block of k.
 *
 * Each element adds its products in the order of k, one rounding for the product and one for the sum, and continues
 * from what memory holds between blocks: its bits do not depend on the tile, the blocks or the machine.
 */
function multiplyTile(
  a: usize, b: usize, depth: i32, c: usize, cRow: usize, resume: bool,
  finish: bool, bias: usize, activation: i32, alpha: f32,
): void {
  const row1 = c + cRow;
  const row2 = row1 + cRow;
  const row3 = row2 + cRow;
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  if (resume) {
    c00 = v128.load(c); c01 = v128.load(c, 16);
    c10 = v128.load(row1); c11 = v128.load(row1, 16);
    c20 = v128.load(row2); c21 = v128.load(row2, 16);
    c30 = v128.load(row3); c31 = v128.load(row3, 16);
  }
  for (; depth > 0; depth--) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0)); c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, b0)); c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x, b0)); c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x, b0)); c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a += 16;
    b += 32;
  }
  if (finish) {
    if (bias) {
      const bias0 = v128.load(bias), bias1 = v128.load(bias, 16);
      c00 = f32x4.add(c00, bias0); c01 = f32x4.add(c01, bias1);
      c10 = f32x4.add(c10, bias0); c11 = f32x4.add(c11, bias1);
      c20 = f32x4.add(c20, bias0); c21 = f32x4.add(c21, bias1);
      c30 = f32x4.add(c30, bias0); c31 = f32x4.add(c31, bias1);
    }
    if (activation) {
      const slope = f32x4.splat(alpha);
      c00 = activate(c00, activation, slope); c01 = activate(c01, activation, slope);
      c10 = activate(c10, activation, slope); c11 = activate(c11, activation, slope);
      c20 = activate(c20, activation, slope); c21 = activate(c21, activation, slope);
      c30 = activate(c30, activation, slope); c31 = activate(c31, activation, slope);
    }
  }
  v128.store(c, c00); v128.store(c, c01, 16);
  v128.store(row1, c10); v128.store(row1, c11, 16);
  v128.store(row2, c20); v128.store(row2, c21, 16);
  v128.store(row3, c30); v128.store(row3, c31, 16);
}

/** Copies the `rows x columns` corner of a tile; strides in bytes. */
function copyCorner(from: usize, fromRow: usize, to: usize, toRow: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) memory.copy(to + <usize>i * toRow, from + <usize>i * fromRow, <usize>columns << 2);
}

/**
 * `C = activation(A B + bias)`, or `C += A B` continued when `accumulate`.
 *
 * A is m x k, B is k x n, C is m x n with rows `cRow` apart. All strides are in numbers; a transposed operand is one
 * with its strides swapped. `bias` (n numbers) may be 0 for none. With k = 0 the product is zero.
 */
export function gemm(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aColumn: i32,
  b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, accumulate: bool,
  bias: usize, activation: i32, alpha: f32, scratch: usize,
): void {
  const packedA = scratch;
  const packedB = packedA + PACKED_A;
  const tile = packedB + PACKED_B;
  const tileBias = tile + TILE;
  const aRowBytes = <usize>aRow << 2, aColumnBytes = <usize>aColumn << 2;
  const bRowBytes = <usize>bRow << 2, bColumnBytes = <usize>bColumn << 2;
  const cRowBytes = <usize>cRow << 2;
  const tileRowBytes = <usize>COLUMNS << 2;

  for (let n0 = 0; n0 < n; n0 += BLOCK_N) {
    const nBlock = min(BLOCK_N, n - n0);
    let k0 = 0;
    do {
      const kBlock = min(BLOCK_K, k - k0);
      const resume = accumulate || k0 > 0;
      const finish = k0 + kBlock >= k;
      for (let j = 0; j < nBlock; j += COLUMNS) {
        packPanel(b + <usize>(n0 + j) * bColumnBytes + <usize>k0 * bRowBytes, bColumnBytes, bRowBytes,
          min(COLUMNS, nBlock - j), COLUMNS, kBlock, packedB + (<usize>(j * kBlock) << 2));
      }
      for (let m0 = 0; m0 < m; m0 += BLOCK_M) {
        const mBlock = min(BLOCK_M, m - m0);
        for (let i = 0; i < mBlock; i += ROWS) {
          packPanel(a + <usize>(m0 + i) * aRowBytes + <usize>k0 * aColumnBytes, aRowBytes, aColumnBytes,
            min(ROWS, mBlock - i), ROWS, kBlock, packedA + (<usize>(i * kBlock) << 2));
        }
        for (let j = 0; j < nBlock; j += COLUMNS) {
          const columns = min(COLUMNS, nBlock - j);
          const panelB = packedB + (<usize>(j * kBlock) << 2);
          let panelBias: usize = bias ? bias + (<usize>(n0 + j) << 2) : 0;
          if (panelBias && columns < COLUMNS) {
            memory.copy(tileBias, panelBias, <usize>columns << 2);
            panelBias = tileBias;
          }
          for (let i = 0; i < mBlock; i += ROWS) {
            const rows = min(ROWS, mBlock - i);
            const panelA = packedA + (<usize>(i * kBlock) << 2);
            const out = c + <usize>(m0 + i) * cRowBytes + (<usize>(n0 + j) << 2);
            if (rows == ROWS && columns == COLUMNS) {
              multiplyTile(panelA, panelB, kBlock, out, cRowBytes, resume, finish, panelBias, activation, alpha);
            } else {
              if (resume) copyCorner(out, cRowBytes, tile, tileRowBytes, rows, columns);
              multiplyTile(panelA, panelB, kBlock, tile, tileRowBytes, resume, finish, panelBias, activation, alpha);
              copyCorner(tile, tileRowBytes, out, cRowBytes, rows, columns);
            }
          }
        }
      }
      k0 += BLOCK_K;
    } while (k0 < k);
  }
}
