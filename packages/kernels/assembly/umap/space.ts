import { attraction, move, repulsion } from './force';
import { draw } from './draw';

@inline
function gather(base: usize, o0: i32, o1: i32, o2: i32, o3: i32): v128 {
  let lanes = v128.load32_zero(base + <usize>o0);
  lanes = v128.load_lane<f32>(base + <usize>o1, lanes, 1);
  lanes = v128.load_lane<f32>(base + <usize>o2, lanes, 2);
  return v128.load_lane<f32>(base + <usize>o3, lanes, 3);
}

/** Adds to four numbers, one after the other: some may be the same one. */
@inline
function addAt(base: usize, o0: i32, o1: i32, o2: i32, o3: i32, change: v128): void {
  const p0 = base + <usize>o0, p1 = base + <usize>o1, p2 = base + <usize>o2, p3 = base + <usize>o3;
  store<f32>(p0, load<f32>(p0) + f32x4.extract_lane(change, 0));
  store<f32>(p1, load<f32>(p1) + f32x4.extract_lane(change, 1));
  store<f32>(p2, load<f32>(p2) + f32x4.extract_lane(change, 2));
  store<f32>(p3, load<f32>(p3) + f32x4.extract_lane(change, 3));
}

/**
 * Moves the places of an epoch's edges: the head of each towards its tail, the tail towards the head (where `moveTails`
 * is not 0), then the head away from `negatives` tails drawn by the hash of `edge * negatives + i`.
 *
 * `selected` holds four runs of `groups` edges each, of which numbers `first` to `end` of each run are taken: four edges
 * far apart in the list go through the forces side by side, each in its lane. Edges are pairs of head and tail, `others`
 * how many tails there are to draw from. Changes are added to memory lane by lane, so that none is lost where lanes meet.
 */
export function optimizeSpace(
  dimensions: i32, heads: usize, tails: usize, edges: usize, selected: usize, groups: i32, first: i32, end: i32,
  others: i32, negatives: i32, rate: f32, key0: i32, key1: i32, moveTails: i32,
): void {
  const vRate = f32x4.splat(rate);
  const limit = i32x4.splat(others);
  const k0 = i32x4.splat(key0);
  const k1 = i32x4.splat(key1);
  const step = <usize>groups << 2;
  const last = selected + (<usize>end << 2);
  const row = dimensions << 2;
  const width = i32x4.splat(row);
  for (let at = selected + (<usize>first << 2); at < last; at += 4) {
    const e0 = load<i32>(at), e1 = load<i32>(at + step), e2 = load<i32>(at + 2 * step), e3 = load<i32>(at + 3 * step);
    const p0 = edges + (<usize>e0 << 3), p1 = edges + (<usize>e1 << 3), p2 = edges + (<usize>e2 << 3), p3 = edges + (<usize>e3 << 3);
    const h0 = load<i32>(p0) * row, h1 = load<i32>(p1) * row, h2 = load<i32>(p2) * row, h3 = load<i32>(p3) * row;
    let t0 = load<i32>(p0, 4) * row, t1 = load<i32>(p1, 4) * row, t2 = load<i32>(p2, 4) * row, t3 = load<i32>(p3, 4) * row;
    let d2 = f32x4.splat(0);
    for (let d: usize = 0; d < <usize>row; d += 4) {
      const delta = f32x4.sub(gather(heads + d, h0, h1, h2, h3), gather(tails + d, t0, t1, t2, t3));
      d2 = f32x4.add(d2, f32x4.mul(delta, delta));
    }
    let c = attraction(d2);
    for (let d: usize = 0; d < <usize>row; d += 4) {
      const delta = f32x4.sub(gather(heads + d, h0, h1, h2, h3), gather(tails + d, t0, t1, t2, t3));
      const change = move(f32x4.mul(c, delta), vRate);
      addAt(heads + d, h0, h1, h2, h3, change);
      if (moveTails) addAt(tails + d, t0, t1, t2, t3, f32x4.neg(change));
    }
    let counter = i32x4.mul(i32x4(e0, e1, e2, e3), i32x4.splat(negatives));
    for (let i = negatives; i > 0; i--) {
      const other = i32x4.mul(draw(counter, k0, k1, limit), width);
      counter = i32x4.add(counter, i32x4.splat(1));
      t0 = i32x4.extract_lane(other, 0); t1 = i32x4.extract_lane(other, 1);
      t2 = i32x4.extract_lane(other, 2); t3 = i32x4.extract_lane(other, 3);
      d2 = f32x4.splat(0);
      for (let d: usize = 0; d < <usize>row; d += 4) {
        const delta = f32x4.sub(gather(heads + d, h0, h1, h2, h3), gather(tails + d, t0, t1, t2, t3));
        d2 = f32x4.add(d2, f32x4.mul(delta, delta));
      }
      c = repulsion(d2);
      for (let d: usize = 0; d < <usize>row; d += 4) {
        const delta = f32x4.sub(gather(heads + d, h0, h1, h2, h3), gather(tails + d, t0, t1, t2, t3));
        addAt(heads + d, h0, h1, h2, h3, move(f32x4.mul(c, delta), vRate));
      }
    }
  }
}
