/** The largest absolute value of `count` numbers; 0 for none. */
export function largest(numbers: usize, count: i32): f32 {
  const blocks = <usize>(count & ~3) << 2;
  let most = f32x4.splat(0);
  for (let at: usize = 0; at < blocks; at += 16) most = f32x4.pmax(most, f32x4.abs(v128.load(numbers + at)));
  let result = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  for (let i = count & ~3; i < count; i++) result = max(result, abs(load<f32>(numbers + (<usize>i << 2))));
  return result;
}

/** Adds `count` rows to the float64 sums of the columns, one after the other. */
export function addRows(rows: usize, count: i32, dimensions: i32, sums: usize): void {
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < dimensions; d++) {
      const at = sums + (<usize>d << 3);
      store<f64>(at, load<f64>(at) + <f64>load<f32>(rows));
      rows += 4;
    }
  }
}

/** `to = (rows - centre) * scale`; exact but for the difference where scale is a power of two. */
export function centreRows(rows: usize, count: i32, dimensions: i32, centre: usize, scale: f32, to: usize): void {
  for (let i = 0; i < count; i++) {
    for (let d: usize = 0; d < <usize>dimensions; d++) {
      store<f32>(to, (load<f32>(rows) - load<f32>(centre + (d << 2))) * scale);
      rows += 4;
      to += 4;
    }
  }
}

/** `row / |row|` for each row, rounded once from float64, and the float64 factors `1 / |row|`; rows of 0 stay so, with a factor of 1. */
export function unitRows(rows: usize, count: i32, dimensions: i32, to: usize, factors: usize): void {
  for (let i = 0; i < count; i++) {
    let sum: f64 = 0;
    for (let d: usize = 0; d < <usize>dimensions; d++) {
      const x = <f64>load<f32>(rows + (d << 2));
      sum += x * x;
    }
    const norm = sum == 0 ? 1 : sqrt(sum);
    for (let d = 0; d < dimensions; d++) {
      store<f32>(to, <f32>(<f64>load<f32>(rows) / norm));
      rows += 4;
      to += 4;
    }
    store<f64>(factors, 1 / norm);
    factors += 8;
  }
}

/**
 * `|row|^2 / 2`, summed as `gemm` sums a product of a row with itself: half squared distances `h_i + h_j - x_i x_j` of
 * equal rows are exactly 0.
 */
export function halfNorms(rows: usize, count: i32, dimensions: i32, to: usize): void {
  const step = <usize>dimensions << 2;
  for (let i = 0; i < count; i += 4) {
    // Four sums at once hide the latency of an addition; missing rows repeat the last one.
    const last = count - 1 - i;
    const r1 = <usize>min(1, last) * step, r2 = <usize>min(2, last) * step, r3 = <usize>min(3, last) * step;
    let s0: f32 = 0, s1: f32 = 0, s2: f32 = 0, s3: f32 = 0;
    let at = rows;
    for (let d = 0; d < dimensions; d++) {
      const a = load<f32>(at), b = load<f32>(at + r1), c = load<f32>(at + r2), e = load<f32>(at + r3);
      s0 += a * a;
      s1 += b * b;
      s2 += c * c;
      s3 += e * e;
      at += 4;
    }
    store<f32>(to, <f32>0.5 * s0);
    if (last >= 1) store<f32>(to, <f32>0.5 * s1, 4);
    if (last >= 2) store<f32>(to, <f32>0.5 * s2, 8);
    if (last >= 3) store<f32>(to, <f32>0.5 * s3, 12);
    rows += 4 * step;
    to += 16;
  }
}
