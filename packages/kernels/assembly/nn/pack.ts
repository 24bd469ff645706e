import { MOST_COLUMNS } from './tile';

/**
 * Copies `count` (at most `width`) vectors of `depth` numbers into one panel, interleaved: `out[k * width + i]` is
 * number `k` of vector `i`. Missing vectors become zeros. Strides are in bytes: `step` from a vector to the next,
 * `stride` from a number of a vector to the next; either may be 4, which is what makes transposes free.
 */
export function packPanel(source: usize, step: usize, stride: usize, count: i32, width: i32, depth: i32, out: usize): void {
  if (count == width && step == 4) packRows(source, stride, width, depth, out);
  else if (count == width && stride == 4) packColumns(source, step, width, depth, out, <usize>width << 2);
  else packRagged(source, step, stride, count, width, depth, out);
}

/** Vectors side by side in memory: each `k` is one contiguous run. */
function packRows(source: usize, stride: usize, width: i32, depth: i32, out: usize): void {
  const run = <usize>width << 2;
  const pairs = width % MOST_COLUMNS == 0;
  for (; depth > 0; depth--) {
    if (pairs) {
      for (let i: usize = 0; i < run; i += 64) {
        const a = v128.load(source + i), b = v128.load(source + i, 16);
        const c = v128.load(source + i, 32), d = v128.load(source + i, 48);
        v128.store(out + i, a); v128.store(out + i, b, 16); v128.store(out + i, c, 32); v128.store(out + i, d, 48);
      }
    } else {
      for (let i: usize = 0; i < run; i += 16) v128.store(out + i, v128.load(source + i));
    }
    source += stride;
    out += run;
  }
}

/** Vectors one after the other, a multiple of four: 4 x 4 blocks are transposed in registers. */
function packColumns(source: usize, step: usize, count: i32, depth: i32, out: usize, run: usize): void {
  const blocks = depth & ~3;
  for (let group: usize = 0; group < <usize>count << 2; group += 16) {
    const r0 = source + (group >> 2) * step;
    const r1 = r0 + step;
    const r2 = r1 + step;
    const r3 = r2 + step;
    let to = out + group;
    let k = 0;
    for (; k < blocks; k += 4) {
      const at = <usize>k << 2;
      transpose(r0 + at, r1 + at, r2 + at, r3 + at, to, run);
      to += 4 * run;
    }
    for (; k < depth; k++) {
      const at = <usize>k << 2;
      store<f32>(to, load<f32>(r0 + at));
      store<f32>(to + 4, load<f32>(r1 + at));
      store<f32>(to + 8, load<f32>(r2 + at));
      store<f32>(to + 12, load<f32>(r3 + at));
      to += run;
    }
  }
}

/** Four numbers of each of four vectors: the first numbers of all to `to`, the others `run` bytes further each. */
@inline
function transpose(r0: usize, r1: usize, r2: usize, r3: usize, to: usize, run: usize): void {
  const a = v128.load(r0);
  const b = v128.load(r1);
  const c = v128.load(r2);
  const d = v128.load(r3);
  const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5));
  v128.store(to + run, v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7));
  v128.store(to + 2 * run, v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5));
  v128.store(to + 3 * run, v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7));
}

/** Bytes that `packRuns` may write beyond its panel. */
export const PACKED_BEYOND: usize = 48;

/**
 * The runs that `addresses` lead to, four for each of `groups` (as `multiplyTile` reads them), of `depth` numbers: to one panel of
 * four rows. Where `depth` is no multiple of four, up to three numbers are read beyond a run, and `PACKED_BEYOND` bytes are spoilt
 * beyond the panel.
 */
export function packRuns(addresses: usize, groups: i32, depth: i32, out: usize): void {
  const bytes = <usize>depth << 2;
  for (; groups > 0; groups--) {
    const r0: usize = load<u32>(addresses), r1: usize = load<u32>(addresses, 4), r2: usize = load<u32>(addresses, 8),
      r3: usize = load<u32>(addresses, 12);
    for (let at: usize = 0; at < bytes; at += 16) transpose(r0 + at, r1 + at, r2 + at, r3 + at, out + 4 * at, 16);
    out += 4 * bytes; // what the last block had beyond the run is overwritten by the next one
    addresses += 16;
  }
}

function packRagged(source: usize, step: usize, stride: usize, count: i32, width: i32, depth: i32, out: usize): void {
  const run = <usize>width << 2;
  if (stride == 4) {
    // Whole groups of four vectors first.
    const whole = count & ~3;
    if (whole) packColumns(source, step, whole, depth, out, run);
    for (let i = whole; i < width; i++) {
      let from = source + <usize>i * step, to = out + (<usize>i << 2);
      for (let k = depth; k > 0; k--) {
        store<f32>(to, i < count ? load<f32>(from) : 0);
        from += 4;
        to += run;
      }
    }
    return;
  }
  for (let k = 0; k < depth; k++) {
    for (let i = 0; i < width; i++) {
      const value: f32 = i < count ? load<f32>(source + <usize>i * step + <usize>k * stride) : 0;
      store<f32>(out + (<usize>(k * width + i) << 2), value);
    }
  }
}

/** Whether no number of `rows x columns` is infinite or NaN. */
export function isFinite(b: usize, rowBytes: usize, rows: i32, columns: i32): bool {
  const bytes = <usize>columns << 2;
  const whole = bytes & ~63;
  // 0 times infinity is NaN, which stays in the sum. Four sums hide how long an addition takes.
  const zero = f32x4.splat(0);
  let s0 = zero, s1 = zero, s2 = zero, s3 = zero;
  for (; rows > 0; rows--) {
    let at: usize = 0;
    for (; at < whole; at += 64) {
      const from = b + at;
      s0 = f32x4.add(s0, f32x4.mul(v128.load(from), zero)); s1 = f32x4.add(s1, f32x4.mul(v128.load(from, 16), zero));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(from, 32), zero)); s3 = f32x4.add(s3, f32x4.mul(v128.load(from, 48), zero));
    }
    for (; at < bytes; at += 4) s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(b + at), zero));
    b += rowBytes;
  }
  const sum = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  return !v128.any_true(f32x4.ne(sum, sum));
}
