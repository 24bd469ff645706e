// The noise of @latentkit/core, operation by operation, so that its numbers are these bit for bit: philox4x32, normalQuantile,
// portableLog and createRandom there have the formulas and the sources.

const ROUNDS: i32 = 10;
const WORDS: i32 = 4;

/**
 * One row for each index from `firstIndex` on, of consecutive words that begin at word `skipped` of block `firstBlock`: word w
 * of a row is word w mod 4 of block w / 4 of its counter.
 */
export function normalRows(
  rows: i32, columns: i32, key0: u32, key1: u32, stream: u32, step: u32, firstIndex: u32, firstBlock: u32, skipped: i32,
  y: usize,
): void {
  drawRows(rows, columns, key0, key1, stream, step, firstIndex, firstBlock, skipped, true, y);
}

/** As normalRows, but uniform in [0, 1). */
export function uniformRows(
  rows: i32, columns: i32, key0: u32, key1: u32, stream: u32, step: u32, firstIndex: u32, firstBlock: u32, skipped: i32,
  y: usize,
): void {
  drawRows(rows, columns, key0, key1, stream, step, firstIndex, firstBlock, skipped, false, y);
}

@inline
function drawRows(
  rows: i32, columns: i32, key0: u32, key1: u32, stream: u32, step: u32, firstIndex: u32, firstBlock: u32, skipped: i32,
  normal: bool, y: usize,
): void {
  for (let row = 0; row < rows; row++) {
    let block = firstBlock;
    for (let word = -skipped; word < columns; word += WORDS) {
      const at = y + <usize>((row * columns + word) << 2);
      drawBlock(key0, key1, block++, firstIndex + <u32>row, step, stream, -word, columns - word, normal, at);
    }
  }
}

/** Those of the four numbers of a counter that stand from `first` on and before `end`; `y` is where the first of the four would be. */
@inline
function drawBlock(
  k0: u32, k1: u32, c0: u32, c1: u32, c2: u32, c3: u32, first: i32, end: i32, normal: bool, y: usize,
): void {
  for (let round = 0; round < ROUNDS; round++) {
    const product0 = <u64>0xd2511f53 * <u64>c0;
    const product1 = <u64>0xcd9e8d57 * <u64>c2;
    c0 = <u32>(product1 >> 32) ^ c1 ^ k0;
    c1 = <u32>product1;
    c2 = <u32>(product0 >> 32) ^ c3 ^ k1;
    c3 = <u32>product0;
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  if (first <= 0 && end > 0) store<f32>(y, numberOf(c0, normal));
  if (first <= 1 && end > 1) store<f32>(y, numberOf(c1, normal), 4);
  if (first <= 2 && end > 2) store<f32>(y, numberOf(c2, normal), 8);
  if (first <= 3 && end > 3) store<f32>(y, numberOf(c3, normal), 12);
}

@inline
function numberOf(word: u32, normal: bool): f32 {
  return normal ? <f32>normalQuantile(word) : <f32>(word >> 8) / 16777216;
}

/** Seventh degree by Horner's rule, the highest coefficient first. */
@inline
function horner(x: f64, a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64, h: f64): f64 {
  return ((((((a * x + b) * x + c) * x + d) * x + e) * x + f) * x + g) * x + h;
}

function normalQuantile(word: u32): f64 {
  const p = (<f64>word + 0.5) / 4294967296;
  const q = p - 0.5;
  if (abs(q) > 0.425) return tailQuantile(p, q);
  const r = 0.180625 - q * q;
  const numerator = horner(r, 2.5090809287301227e3, 3.343057558358813e4, 6.72657709270087e4, 4.592195393154987e4,
    1.373169376550946e4, 1.9715909503065513e3, 1.3314166789178438e2, 3.3871328727963665);
  const denominator = horner(r, 5.226495278852854e3, 2.8729085735721943e4, 3.930789580009271e4, 2.1213794301586597e4,
    5.394196021424751e3, 6.871870074920579e2, 4.231333070160091e1, 1);
  return q * numerator / denominator;
}

function tailQuantile(p: f64, q: f64): f64 {
  const r = sqrt(-portableLog(q < 0 ? p : 1 - p)) - 1.6;
  const numerator = horner(r, 7.745450142783414e-4, 2.2723844989269184e-2, 2.417807251774506e-1, 1.2704582524523684,
    3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835);
  const denominator = horner(r, 1.0507500716444169e-9, 5.475938084995345e-4, 1.5198666563616457e-2,
    1.4810397642748008e-1, 6.897673349851e-1, 1.6763848301838038, 2.053191626637759, 1);
  const z = numerator / denominator;
  return q < 0 ? -z : z;
}

/** `log(x)` for normal x > 0. */
function portableLog(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <f64>(<i32>(bits >> 52) - 1023);
  let fraction = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000);
  if (fraction > 1.4142135623730951) {
    fraction /= 2;
    exponent += 1;
  }
  const s = (fraction - 1) / (fraction + 1);
  const q = s * s;
  let series: f64 = 1.0 / 23.0;
  series = series * q + 1.0 / 21.0;
  series = series * q + 1.0 / 19.0;
  series = series * q + 1.0 / 17.0;
  series = series * q + 1.0 / 15.0;
  series = series * q + 1.0 / 13.0;
  series = series * q + 1.0 / 11.0;
  series = series * q + 1.0 / 9.0;
  series = series * q + 1.0 / 7.0;
  series = series * q + 1.0 / 5.0;
  series = series * q + 1.0 / 3.0;
  return exponent * 0.6931471803691238 + (2 * s + (2 * s * q * series + exponent * 1.9082149292705877e-10));
}
