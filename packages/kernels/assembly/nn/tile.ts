import { multiplyAdd } from './multiply-add';

/** Rows of a tile. */
export const ROWS: i32 = 4;
/** Columns of the wide tile, the most that a tile has. */
export const MOST_COLUMNS: i32 = 16;
/** In place of a step: A is a panel, of which each k has its four rows side by side. */
export const PANEL: usize = 0;

// Which tile is the faster depends on the engine: a V8 that joins pairs of 128-bit operations to 256-bit ones has the
// registers for 4 x 16, any other spills them. Both compute the same bits.
let wide: bool = false;

/** Multiplies by 4 x 16 tiles from now on, or by 4 x 8 tiles. */
export function setWide(flag: i32): void {
  wide = flag != 0;
}

/** Columns of the tile in use. */
export function tileColumns(): i32 {
  return wide ? 16 : 8;
}

/**
 * One tile: `c = start + a b`, then plus `bias`, one number for each column (0 for none).
 *
 * A is a panel of `depth` times four numbers (`aStep` is `PANEL`), or read where it lies: `a` holds four addresses (of the
 * four rows) for each group, from which `depth` numbers `aStep` bytes apart are taken. A group is a run of k: a matrix has
 * one, a convolution one for each tap of its window. B continues from group to group, a row of the tile's width every
 * `bStep` bytes.
 *
 * A panel is a sixth faster, as it takes one address where rows take four: worth the copy for what several panels of B are
 * multiplied by.
 *
 * Each element adds its products to its start (zero, or the sum so far) in the order of k, one rounding for the product
 * and one for the sum: its bits do not depend on the tile, the blocks or the machine.
 */
export function multiplyTile(
  a: usize, groups: i32, aStep: usize, depth: i32, b: usize, bStep: usize,
  start: usize, startRow: usize, c: usize, cRow: usize, bias: usize,
): void {
  if (aStep == PANEL) {
    if (wide) multiplyWidePanel(a, depth, b, bStep, start, startRow, c, cRow, bias);
    else multiplyNarrowPanel(a, depth, b, bStep, start, startRow, c, cRow, bias);
  } else if (wide) {
    multiplyWide(a, groups, aStep, depth, b, bStep, start, startRow, c, cRow, bias);
  } else {
    multiplyNarrow(a, groups, aStep, depth, b, bStep, start, startRow, c, cRow, bias);
  }
}

// Loads, sums and stores stand in adjacent pairs (offsets 0 and 16, 32 and 48), which is what V8 looks for. Sums start from
// memory always: where zeros are the other choice, V8 leaves a pair unjoined, which costs a fifth of the speed.

function multiplyNarrow(
  rows: usize, groups: i32, aStep: usize, depth: i32, b: usize, bStep: usize,
  start: usize, startRow: usize, c: usize, cRow: usize, bias: usize,
): void {
  const row1 = c + cRow;
  const row2 = row1 + cRow;
  const row3 = row2 + cRow;
  let c00 = v128.load(start), c01 = v128.load(start, 16);
  start += startRow;
  let c10 = v128.load(start), c11 = v128.load(start, 16);
  start += startRow;
  let c20 = v128.load(start), c21 = v128.load(start, 16);
  start += startRow;
  let c30 = v128.load(start), c31 = v128.load(start, 16);
  for (; groups > 0; groups--) {
    let a0: usize = load<u32>(rows), a1: usize = load<u32>(rows, 4);
    let a2: usize = load<u32>(rows, 8), a3: usize = load<u32>(rows, 12);
    rows += 16;
    for (let k = depth; k > 0; k--) {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      let x = v128.load32_splat(a0);
      c00 = multiplyAdd(c00, x, b0); c01 = multiplyAdd(c01, x, b1);
      x = v128.load32_splat(a1);
      c10 = multiplyAdd(c10, x, b0); c11 = multiplyAdd(c11, x, b1);
      x = v128.load32_splat(a2);
      c20 = multiplyAdd(c20, x, b0); c21 = multiplyAdd(c21, x, b1);
      x = v128.load32_splat(a3);
      c30 = multiplyAdd(c30, x, b0); c31 = multiplyAdd(c31, x, b1);
      a0 += aStep; a1 += aStep; a2 += aStep; a3 += aStep;
      b += bStep;
    }
  }
  if (bias) {
    const bias0 = v128.load(bias), bias1 = v128.load(bias, 16);
    c00 = f32x4.add(c00, bias0); c01 = f32x4.add(c01, bias1);
    c10 = f32x4.add(c10, bias0); c11 = f32x4.add(c11, bias1);
    c20 = f32x4.add(c20, bias0); c21 = f32x4.add(c21, bias1);
    c30 = f32x4.add(c30, bias0); c31 = f32x4.add(c31, bias1);
  }
  v128.store(c, c00); v128.store(c, c01, 16);
  v128.store(row1, c10); v128.store(row1, c11, 16);
  v128.store(row2, c20); v128.store(row2, c21, 16);
  v128.store(row3, c30); v128.store(row3, c31, 16);
}

function multiplyNarrowPanel(
  a: usize, depth: i32, b: usize, bStep: usize,
  start: usize, startRow: usize, c: usize, cRow: usize, bias: usize,
): void {
  const row1 = c + cRow;
  const row2 = row1 + cRow;
  const row3 = row2 + cRow;
  let c00 = v128.load(start), c01 = v128.load(start, 16);
  start += startRow;
  let c10 = v128.load(start), c11 = v128.load(start, 16);
  start += startRow;
  let c20 = v128.load(start), c21 = v128.load(start, 16);
  start += startRow;
  let c30 = v128.load(start), c31 = v128.load(start, 16);
  const end = b + <usize>depth * bStep;
  while (b != end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = multiplyAdd(c00, x, b0); c01 = multiplyAdd(c01, x, b1);
    x = v128.load32_splat(a, 4);
    c10 = multiplyAdd(c10, x, b0); c11 = multiplyAdd(c11, x, b1);
    x = v128.load32_splat(a, 8);
    c20 = multiplyAdd(c20, x, b0); c21 = multiplyAdd(c21, x, b1);
    x = v128.load32_splat(a, 12);
    c30 = multiplyAdd(c30, x, b0); c31 = multiplyAdd(c31, x, b1);
    a += 4 * ROWS;
    b += bStep;
  }
  if (bias) {
    const bias0 = v128.load(bias), bias1 = v128.load(bias, 16);
    c00 = f32x4.add(c00, bias0); c01 = f32x4.add(c01, bias1);
    c10 = f32x4.add(c10, bias0); c11 = f32x4.add(c11, bias1);
    c20 = f32x4.add(c20, bias0); c21 = f32x4.add(c21, bias1);
    c30 = f32x4.add(c30, bias0); c31 = f32x4.add(c31, bias1);
  }
  v128.store(c, c00); v128.store(c, c01, 16);
  v128.store(row1, c10); v128.store(row1, c11, 16);
  v128.store(row2, c20); v128.store(row2, c21, 16);
  v128.store(row3, c30); v128.store(row3, c31, 16);
}

function multiplyWide(
  rows: usize, groups: i32, aStep: usize, depth: i32, b: usize, bStep: usize,
  start: usize, startRow: usize, c: usize, cRow: usize, bias: usize,
): void {
  const row1 = c + cRow;
  const row2 = row1 + cRow;
  const row3 = row2 + cRow;
  let c00 = v128.load(start), c01 = v128.load(start, 16), c02 = v128.load(start, 32), c03 = v128.load(start, 48);
  start += startRow;
  let c10 = v128.load(start), c11 = v128.load(start, 16), c12 = v128.load(start, 32), c13 = v128.load(start, 48);
  start += startRow;
  let c20 = v128.load(start), c21 = v128.load(start, 16), c22 = v128.load(start, 32), c23 = v128.load(start, 48);
  start += startRow;
  let c30 = v128.load(start), c31 = v128.load(start, 16), c32 = v128.load(start, 32), c33 = v128.load(start, 48);
  for (; groups > 0; groups--) {
    let a0: usize = load<u32>(rows), a1: usize = load<u32>(rows, 4);
    let a2: usize = load<u32>(rows, 8), a3: usize = load<u32>(rows, 12);
    rows += 16;
    for (let k = depth; k > 0; k--) {
      const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32), b3 = v128.load(b, 48);
      let x = v128.load32_splat(a0);
      c00 = multiplyAdd(c00, x, b0); c01 = multiplyAdd(c01, x, b1);
      c02 = multiplyAdd(c02, x, b2); c03 = multiplyAdd(c03, x, b3);
      x = v128.load32_splat(a1);
      c10 = multiplyAdd(c10, x, b0); c11 = multiplyAdd(c11, x, b1);
      c12 = multiplyAdd(c12, x, b2); c13 = multiplyAdd(c13, x, b3);
      x = v128.load32_splat(a2);
      c20 = multiplyAdd(c20, x, b0); c21 = multiplyAdd(c21, x, b1);
      c22 = multiplyAdd(c22, x, b2); c23 = multiplyAdd(c23, x, b3);
      x = v128.load32_splat(a3);
      c30 = multiplyAdd(c30, x, b0); c31 = multiplyAdd(c31, x, b1);
      c32 = multiplyAdd(c32, x, b2); c33 = multiplyAdd(c33, x, b3);
      a0 += aStep; a1 += aStep; a2 += aStep; a3 += aStep;
      b += bStep;
    }
  }
  if (bias) {
    const bias0 = v128.load(bias), bias1 = v128.load(bias, 16), bias2 = v128.load(bias, 32), bias3 = v128.load(bias, 48);
    c00 = f32x4.add(c00, bias0); c01 = f32x4.add(c01, bias1); c02 = f32x4.add(c02, bias2);
    c03 = f32x4.add(c03, bias3);
    c10 = f32x4.add(c10, bias0); c11 = f32x4.add(c11, bias1); c12 = f32x4.add(c12, bias2);
    c13 = f32x4.add(c13, bias3);
    c20 = f32x4.add(c20, bias0); c21 = f32x4.add(c21, bias1); c22 = f32x4.add(c22, bias2);
    c23 = f32x4.add(c23, bias3);
    c30 = f32x4.add(c30, bias0); c31 = f32x4.add(c31, bias1); c32 = f32x4.add(c32, bias2);
    c33 = f32x4.add(c33, bias3);
  }
  v128.store(c, c00); v128.store(c, c01, 16); v128.store(c, c02, 32); v128.store(c, c03, 48);
  v128.store(row1, c10); v128.store(row1, c11, 16); v128.store(row1, c12, 32); v128.store(row1, c13, 48);
  v128.store(row2, c20); v128.store(row2, c21, 16); v128.store(row2, c22, 32); v128.store(row2, c23, 48);
  v128.store(row3, c30); v128.store(row3, c31, 16); v128.store(row3, c32, 32); v128.store(row3, c33, 48);
}

function multiplyWidePanel(
  a: usize, depth: i32, b: usize, bStep: usize,
  start: usize, startRow: usize, c: usize, cRow: usize, bias: usize,
): void {
  const row1 = c + cRow;
  const row2 = row1 + cRow;
  const row3 = row2 + cRow;
  let c00 = v128.load(start), c01 = v128.load(start, 16), c02 = v128.load(start, 32), c03 = v128.load(start, 48);
  start += startRow;
  let c10 = v128.load(start), c11 = v128.load(start, 16), c12 = v128.load(start, 32), c13 = v128.load(start, 48);
  start += startRow;
  let c20 = v128.load(start), c21 = v128.load(start, 16), c22 = v128.load(start, 32), c23 = v128.load(start, 48);
  start += startRow;
  let c30 = v128.load(start), c31 = v128.load(start, 16), c32 = v128.load(start, 32), c33 = v128.load(start, 48);
  const end = b + <usize>depth * bStep;
  while (b != end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32), b3 = v128.load(b, 48);
    let x = v128.load32_splat(a);
    c00 = multiplyAdd(c00, x, b0); c01 = multiplyAdd(c01, x, b1);
    c02 = multiplyAdd(c02, x, b2); c03 = multiplyAdd(c03, x, b3);
    x = v128.load32_splat(a, 4);
    c10 = multiplyAdd(c10, x, b0); c11 = multiplyAdd(c11, x, b1);
    c12 = multiplyAdd(c12, x, b2); c13 = multiplyAdd(c13, x, b3);
    x = v128.load32_splat(a, 8);
    c20 = multiplyAdd(c20, x, b0); c21 = multiplyAdd(c21, x, b1);
    c22 = multiplyAdd(c22, x, b2); c23 = multiplyAdd(c23, x, b3);
    x = v128.load32_splat(a, 12);
    c30 = multiplyAdd(c30, x, b0); c31 = multiplyAdd(c31, x, b1);
    c32 = multiplyAdd(c32, x, b2); c33 = multiplyAdd(c33, x, b3);
    a += 4 * ROWS;
    b += bStep;
  }
  if (bias) {
    const bias0 = v128.load(bias), bias1 = v128.load(bias, 16), bias2 = v128.load(bias, 32), bias3 = v128.load(bias, 48);
    c00 = f32x4.add(c00, bias0); c01 = f32x4.add(c01, bias1); c02 = f32x4.add(c02, bias2);
    c03 = f32x4.add(c03, bias3);
    c10 = f32x4.add(c10, bias0); c11 = f32x4.add(c11, bias1); c12 = f32x4.add(c12, bias2);
    c13 = f32x4.add(c13, bias3);
    c20 = f32x4.add(c20, bias0); c21 = f32x4.add(c21, bias1); c22 = f32x4.add(c22, bias2);
    c23 = f32x4.add(c23, bias3);
    c30 = f32x4.add(c30, bias0); c31 = f32x4.add(c31, bias1); c32 = f32x4.add(c32, bias2);
    c33 = f32x4.add(c33, bias3);
  }
  v128.store(c, c00); v128.store(c, c01, 16); v128.store(c, c02, 32); v128.store(c, c03, 48);
  v128.store(row1, c10); v128.store(row1, c11, 16); v128.store(row1, c12, 32); v128.store(row1, c13, 48);
  v128.store(row2, c20); v128.store(row2, c21, 16); v128.store(row2, c22, 32); v128.store(row2, c23, 48);
  v128.store(row3, c30); v128.store(row3, c31, 16); v128.store(row3, c32, 32); v128.store(row3, c33, 48);
}
