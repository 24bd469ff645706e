import { keepLanes } from '../nn/lanes';
import { exp, log } from '../nn/transcendental';
import { sumLanes } from './edges';

const TOLERANCE: f32 = 1e-5;
const MOST_STEPS: i32 = 100;

let sumOfTerms: f32 = 0;
let meanOfTerms: f32 = 0;

/**
 * `p_(j|i) = exp(-beta_i d_ij^2) / sum_k exp(-beta_i d_ik^2)` of each row of `k` distances, ascending, with the
 * `beta_i` that makes its entropy `entropy` (van der Maaten and Hinton 2008, eq. 1). Where none does (more than
 * `exp(entropy)` nearest at one distance) it is as large as it gets. `scratch` has room for `k + 3` numbers.
 */
export function affinities(distances: usize, count: i32, k: i32, entropy: f32, p: usize, scratch: usize): void {
  const row = <usize>k << 2;
  for (let i = 0; i < count; i++) {
    scaleSquares(distances, k, scratch);
    const beta = findBeta(scratch, k, entropy);
    sumTerms(scratch, k, beta);
    for (let at: usize = 0; at < row; at += 4) {
      const term = f32x4.extract_lane(exp(f32x4.splat(-beta * load<f32>(scratch + at))), 0);
      store<f32>(p + at, term / sumOfTerms);
    }
    distances += row;
    p += row;
  }
}

/** `(d_j^2 - d_0^2) / mean`: shifts and scales change no affinity, and keep every number in range. */
function scaleSquares(distances: usize, k: i32, out: usize): void {
  const row = <usize>k << 2;
  const nearest = <f64>load<f32>(distances);
  let sum: f64 = 0;
  for (let at: usize = 0; at < row; at += 4) {
    const d = <f64>load<f32>(distances + at);
    sum += (d - nearest) * (d + nearest);
  }
  const scale: f64 = sum > 0 ? <f64>k / sum : 0;
  for (let at: usize = 0; at < row; at += 4) {
    const d = <f64>load<f32>(distances + at);
    store<f32>(out + at, <f32>((d - nearest) * (d + nearest) * scale));
  }
}

/** By bisection, from 1, doubled until there is an upper bound. */
function findBeta(squares: usize, k: i32, entropy: f32): f32 {
  let beta: f32 = 1, low: f32 = 0, high: f32 = Infinity;
  for (let step = 0; step < MOST_STEPS; step++) {
    sumTerms(squares, k, beta);
    const sum = f32x4.extract_lane(log(f32x4.splat(sumOfTerms)), 0);
    const excess = sum + beta * meanOfTerms - entropy;
    if (abs(excess) < TOLERANCE) break;
    if (excess > 0) low = beta;
    else high = beta;
    const next: f32 = high == Infinity ? beta * 2 : (low + high) / 2;
    if (next == beta) break;
    beta = next;
  }
  return beta;
}

/** `sum_j e^(-beta s_j)` and `sum_j s_j e^(-beta s_j)` over it. */
function sumTerms(squares: usize, k: i32, beta: f32): void {
  const negative = f32x4.splat(-beta);
  let sum = f32x4.splat(0), weighted = f32x4.splat(0);
  for (let j = 0; j < k; j += 4) {
    const s = v128.load(squares + (<usize>j << 2));
    const term = keepLanes(exp(f32x4.mul(negative, s)), k - j);
    sum = f32x4.add(sum, term);
    weighted = f32x4.add(weighted, keepLanes(f32x4.mul(s, term), k - j));
  }
  sumOfTerms = sumLanes(sum);
  meanOfTerms = sumLanes(weighted) / sumOfTerms;
}
