import { attraction, move, repulsion } from './force';
import { draw } from './draw';

/** Two places of two numbers each; of two such pairs xOf and yOf make vectors of x and of y. */
@inline
function pairAt(base: usize, first: i32, second: i32): v128 {
  return v128.load_lane<i64>(base + <usize>second, v128.load64_zero(base + <usize>first), 1);
}

@inline
function xOf(first: v128, second: v128): v128 {
  return v128.shuffle<f32>(first, second, 0, 2, 4, 6);
}

@inline
function yOf(first: v128, second: v128): v128 {
  return v128.shuffle<f32>(first, second, 1, 3, 5, 7);
}

/** Adds to two places, one after the other: they may be the same one. */
@inline
function addPair(base: usize, first: i32, second: i32, change: v128): void {
  const a = base + <usize>first;
  v128.store_lane<i64>(a, f32x4.add(v128.load64_zero(a), change), 0);
  const b = base + <usize>second;
  v128.store_lane<i64>(b, f32x4.add(v128.load_lane<i64>(b, change, 1), change), 1);
}

/**
 * Moves places of two numbers along the edges of an epoch: see optimizeSpace. Heads lie in registers from the first force
 * to the last; `scratch` has room for 32 bytes for each of `negatives`.
 */
export function optimizePlane(
  heads: usize, tails: usize, edges: usize, selected: usize, groups: i32, first: i32, end: i32,
  others: i32, negatives: i32, rate: f32, key0: i32, key1: i32, moveTails: i32, scratch: usize,
): void {
  const vRate = f32x4.splat(rate);
  const limit = i32x4.splat(others);
  const k0 = i32x4.splat(key0);
  const k1 = i32x4.splat(key1);
  const step = <usize>groups << 2;
  const last = selected + (<usize>end << 2);
  for (let at = selected + (<usize>first << 2); at < last; at += 4) {
    const e0 = load<i32>(at), e1 = load<i32>(at + step), e2 = load<i32>(at + 2 * step), e3 = load<i32>(at + 3 * step);
    const p0 = edges + (<usize>e0 << 3), p1 = edges + (<usize>e1 << 3), p2 = edges + (<usize>e2 << 3), p3 = edges + (<usize>e3 << 3);
    const h0 = load<i32>(p0) << 3, h1 = load<i32>(p1) << 3, h2 = load<i32>(p2) << 3, h3 = load<i32>(p3) << 3;
    const t0 = load<i32>(p0, 4) << 3, t1 = load<i32>(p1, 4) << 3, t2 = load<i32>(p2, 4) << 3, t3 = load<i32>(p3, 4) << 3;
    let first2 = pairAt(heads, h0, h1), second2 = pairAt(heads, h2, h3);
    let x = xOf(first2, second2), y = yOf(first2, second2);
    first2 = pairAt(tails, t0, t1); second2 = pairAt(tails, t2, t3);
    let dx = f32x4.sub(x, xOf(first2, second2)), dy = f32x4.sub(y, yOf(first2, second2));
    let c = attraction(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)));
    let changeX = move(f32x4.mul(c, dx), vRate), changeY = move(f32x4.mul(c, dy), vRate);
    if (moveTails) {
      const minusX = f32x4.neg(changeX), minusY = f32x4.neg(changeY);
      addPair(tails, t0, t1, v128.shuffle<f32>(minusX, minusY, 0, 4, 1, 5));
      addPair(tails, t2, t3, v128.shuffle<f32>(minusX, minusY, 2, 6, 3, 7));
    }
    x = f32x4.add(x, changeX);
    y = f32x4.add(y, changeY);
    // What memory has of a head is behind: a place does not repel itself. Of heads apart from the tails none is a tail.
    const own = moveTails ? i32x4(h0, h1, h2, h3) : i32x4.splat(-1);
    let counter = i32x4.mul(i32x4(e0, e1, e2, e3), i32x4.splat(negatives));
    // Differences first, then forces: short runs of work that do not wait for each other keep the processor busier.
    let to = scratch;
    for (let i = negatives; i > 0; i--) {
      const other = i32x4.shl(draw(counter, k0, k1, limit), 3);
      counter = i32x4.add(counter, i32x4.splat(1));
      first2 = pairAt(tails, i32x4.extract_lane(other, 0), i32x4.extract_lane(other, 1));
      second2 = pairAt(tails, i32x4.extract_lane(other, 2), i32x4.extract_lane(other, 3));
      const isOwn = i32x4.eq(other, own);
      v128.store(to, v128.andnot(f32x4.sub(x, xOf(first2, second2)), isOwn));
      v128.store(to, v128.andnot(f32x4.sub(y, yOf(first2, second2)), isOwn), 16);
      to += 32;
    }
    for (let from = scratch; from < to; from += 32) {
      dx = v128.load(from); dy = v128.load(from, 16);
      c = repulsion(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)));
      changeX = f32x4.add(changeX, move(f32x4.mul(c, dx), vRate));
      changeY = f32x4.add(changeY, move(f32x4.mul(c, dy), vRate));
    }
    addPair(heads, h0, h1, v128.shuffle<f32>(changeX, changeY, 0, 4, 1, 5));
    addPair(heads, h2, h3, v128.shuffle<f32>(changeX, changeY, 2, 6, 3, 7));
  }
}
