import { finishRows } from './epilogue';
import { multiplyAdd } from './multiply-add';

// Columns whose sums stay in the nearest cache while rows of B go by.
const COLUMNS: i32 = 1024;

/**
 * `gemm` for an A of a few rows and a B with rows of one piece: rows of B are added up as they lie, four at a time. A tile would
 * read B in columns, each number from another page of memory, for little to do with it. The sums are the same.
 */
export function multiplyFewRows(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, c: usize, cRow: i32,
): void {
  const step = <usize>aColumn << 2, rowBytes = <usize>bRow << 2;
  for (let j = 0; j < n; j += COLUMNS) {
    const bytes = <usize>min(COLUMNS, n - j) << 2;
    const first = b + (<usize>j << 2), out = c + (<usize>j << 2);
    for (let i = 0; i < m; i++) memory.fill(out + (<usize>(i * cRow) << 2), 0, bytes);
    let k0 = 0;
    for (; k0 + 4 <= k; k0 += 4) {
      for (let i = 0; i < m; i++) {
        addFour(a + (<usize>(i * aRow + k0 * aColumn) << 2), step, first + <usize>k0 * rowBytes, rowBytes,
          out + (<usize>(i * cRow) << 2), bytes);
      }
    }
    for (; k0 < k; k0++) {
      for (let i = 0; i < m; i++) {
        addOne(a + (<usize>(i * aRow + k0 * aColumn) << 2), first + <usize>k0 * rowBytes,
          out + (<usize>(i * cRow) << 2), bytes);
      }
    }
  }
  for (let i = 0; i < m; i++) finishRows(c + (<usize>(i * cRow) << 2), 1, n);
}

/** `c += a0 b0`, then the same with the next three numbers of A and rows of B, each in turn. */
function addFour(a: usize, step: usize, b0: usize, rowBytes: usize, c: usize, bytes: usize): void {
  const b1 = b0 + rowBytes, b2 = b1 + rowBytes, b3 = b2 + rowBytes;
  const x0 = v128.load32_splat(a), x1 = v128.load32_splat(a + step), x2 = v128.load32_splat(a + 2 * step),
    x3 = v128.load32_splat(a + 3 * step);
  const whole = bytes & ~31;
  let at: usize = 0;
  for (; at < whole; at += 32) {
    const to = c + at, r0 = b0 + at, r1 = b1 + at, r2 = b2 + at, r3 = b3 + at;
    let s = v128.load(to), t = v128.load(to, 16);
    s = multiplyAdd(s, x0, v128.load(r0)); t = multiplyAdd(t, x0, v128.load(r0, 16));
    s = multiplyAdd(s, x1, v128.load(r1)); t = multiplyAdd(t, x1, v128.load(r1, 16));
    s = multiplyAdd(s, x2, v128.load(r2)); t = multiplyAdd(t, x2, v128.load(r2, 16));
    s = multiplyAdd(s, x3, v128.load(r3)); t = multiplyAdd(t, x3, v128.load(r3, 16));
    v128.store(to, s); v128.store(to, t, 16);
  }
  for (; at < bytes; at += 4) {
    let s = v128.load32_splat(c + at);
    s = multiplyAdd(s, x0, v128.load32_splat(b0 + at));
    s = multiplyAdd(s, x1, v128.load32_splat(b1 + at));
    s = multiplyAdd(s, x2, v128.load32_splat(b2 + at));
    s = multiplyAdd(s, x3, v128.load32_splat(b3 + at));
    v128.store_lane<f32>(c + at, s, 0);
  }
}

/** `c += a b`. */
function addOne(a: usize, b: usize, c: usize, bytes: usize): void {
  const x = v128.load32_splat(a);
  const whole = bytes & ~31;
  let at: usize = 0;
  for (; at < whole; at += 32) {
    const to = c + at, row = b + at;
    const s = multiplyAdd(v128.load(to), x, v128.load(row));
    const t = multiplyAdd(v128.load(to, 16), x, v128.load(row, 16));
    v128.store(to, s); v128.store(to, t, 16);
  }
  for (; at < bytes; at += 4) {
    v128.store_lane<f32>(c + at, multiplyAdd(v128.load32_splat(c + at), x, v128.load32_splat(b + at)), 0);
  }
}
