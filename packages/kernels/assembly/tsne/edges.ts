// The attraction along the edges of a sparse matrix P, and the divergence. Row i is the edges [rows[i], rows[i + 1]),
// a multiple of four of them; an edge has a column, as the byte offset of its place (8 j), and a p, which is 0 where
// it only fills the row.
import { all, ONE, SMALLEST_NORMAL } from '../nn/constants';
import { log } from '../nn/transcendental';

/** `sum_j p_ij q_ij (y_i - y_j)` for the points i from `first` up to, not with, `last` to their places in `out`, `[count, 2]`. */
export function attract(places: usize, first: i32, last: i32, rows: usize, columns: usize, p: usize, out: usize): void {
  for (let i = first; i < last; i++) {
    const place = places + (<usize>i << 3);
    const x = v128.load32_splat(place), y = v128.load32_splat(place, 4);
    const end = <usize>load<u32>(rows + (<usize>i << 2), 4) << 2;
    let sumX = f32x4.splat(0), sumY = f32x4.splat(0);
    for (let at = <usize>load<u32>(rows + (<usize>i << 2)) << 2; at < end; at += 16) {
      const a = loadPair(places, columns + at), b = loadPair(places, columns + at + 8);
      const dx = f32x4.sub(x, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
      const dy = f32x4.sub(y, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
      const d = f32x4.add(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)), all(ONE));
      const w = f32x4.div(v128.load(p + at), d);
      sumX = f32x4.add(sumX, f32x4.mul(w, dx));
      sumY = f32x4.add(sumY, f32x4.mul(w, dy));
    }
    store<f32>(out + (<usize>i << 3), sumLanes(sumX));
    store<f32>(out + (<usize>i << 3), sumLanes(sumY), 4);
  }
}

/** `sum_ij p_ij log(p_ij (1 + |y_i - y_j|^2))`: the Kullback-Leibler divergence of P from Q but for `log Z`. */
export function divergence(places: usize, count: i32, rows: usize, columns: usize, p: usize): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < count; i++) {
    const place = places + (<usize>i << 3);
    const x = v128.load32_splat(place), y = v128.load32_splat(place, 4);
    const end = <usize>load<u32>(rows + (<usize>i << 2), 4) << 2;
    let terms = f32x4.splat(0);
    for (let at = <usize>load<u32>(rows + (<usize>i << 2)) << 2; at < end; at += 16) {
      const a = loadPair(places, columns + at), b = loadPair(places, columns + at + 8);
      const dx = f32x4.sub(x, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
      const dy = f32x4.sub(y, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
      const d = f32x4.add(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)), all(ONE));
      const weight = v128.load(p + at);
      terms = f32x4.add(terms, f32x4.mul(weight, log(f32x4.max(f32x4.mul(weight, d), all(SMALLEST_NORMAL)))));
    }
    sum += <f64>sumLanes(terms);
  }
  return sum;
}

/** The places of two columns: x, y, x, y. */
@inline
function loadPair(places: usize, columns: usize): v128 {
  const first = v128.load64_zero(places + load<u32>(columns));
  return v128.load_lane<i64>(places + load<u32>(columns, 4), first, 1);
}

@inline
export function sumLanes(four: v128): f32 {
  const two = f32x4.add(four, v128.shuffle<f32>(four, four, 2, 3, 2, 3));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}
