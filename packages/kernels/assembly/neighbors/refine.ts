import { distanceOf, TINY } from './distance';

/** Bytes of a place of a refined list: a float64 squared distance, an int32 index. */
const PLACE: usize = 16;

/** Bytes of scratch memory for lists of `size` places. */
export function refineScratch(size: i32): usize {
  return <usize>size * PLACE;
}

/** Puts a pair into its place by distance, then index, if it has one; the last pair drops out. */
function insertExact(list: usize, size: i32, distance: f64, index: i32): void {
  let at = list + <usize>size * PLACE;
  while (at > list) {
    const before = load<f64>(at - PLACE);
    if (before < distance || (before == distance && load<i32>(at - PLACE, 8) < index)) break;
    at -= PLACE;
  }
  const end = list + <usize>(size - 1) * PLACE;
  if (at > end) return;
  memory.copy(at + PLACE, at, end - at);
  store<f64>(at, distance);
  store<i32>(at, index, 8);
}

/** The next larger number of one that is not negative. */
@inline
function after(x: f64): f64 {
  return x < Infinity ? reinterpret<f64>(reinterpret<u64>(x) + 1) : x;
}

function clearExact(list: usize, size: i32): void {
  for (let i = 0; i < size; i++) {
    store<f64>(list, Infinity);
    store<i32>(list, -1, 8);
    list += PLACE;
  }
}

/** Distances, or halves of squared ones, and indices of the first `k` places. */
function writeList(list: usize, k: i32, halve: bool, indices: usize, distances: usize): void {
  for (let i = 0; i < k; i++) {
    const squared = load<f64>(list);
    store<i32>(indices, load<i32>(list, 8));
    store<f32>(distances, <f32>(halve ? 0.5 * squared : sqrt(squared)));
    list += PLACE;
    indices += 4;
    distances += 4;
  }
}

/**
 * The `k` nearest of each list of `size` candidates, by distances computed anew from the rows themselves.
 *
 * A list is sure to hold the k nearest of all if whatever it left out is farther, though its half squared distance (in
 * rows centred and multiplied by `scale`, where the row's half norm is `halfNorm`) is known to `error * (h_i + h_j)`
 * only: `last place - error > k-th distance`. A left-out point whose norm exceeds `|x_i| + k-th distance` is farther by
 * the triangle inequality, which bounds h_j. Products of rows that were rounded are off by `slack` besides. Lists of `complete` candidates leave none out; one with a free place met
 * products that overflowed.
 *
 * @returns how many lists are not sure; their numbers, plus `first`, go to `unsure`.
 */
export function refineLists(
  lists: usize, size: i32, first: i32, count: i32, queries: usize, points: usize, dimensions: i32,
  queryFactors: usize, pointFactors: usize,
  halfNorms: usize, scale: f64, error: f64, slack: f64, complete: i32, k: i32, halve: i32,
  indices: usize, distances: usize, unsure: usize, scratch: usize,
): i32 {
  const row = <usize>dimensions << 2;
  const last = scratch + <usize>(k - 1) * PLACE;
  let doubts = 0;
  for (let i = 0; i < count; i++) {
    clearExact(scratch, k);
    let found = 0;
    for (; found < size; found++) {
      const index = load<i32>(lists + (<usize>found << 3), 4);
      if (index < 0) break;
      // Candidates come by ascending product, not index: an equal may still be the one to keep.
      const limit = after(load<f64>(last));
      const factor = pointFactors ? pointFactors + (<usize>index << 3) : 0;
      const distance = distanceOf(queries, points + <usize>index * row, dimensions, queryFactors, factor, limit);
      insertExact(scratch, k, distance, index);
    }
    writeList(scratch, k, halve != 0, indices, distances);
    if (found < size || !complete) {
      const farthest = sqrt(load<f64>(last)) * scale;
      const h = <f64>load<f32>(halfNorms);
      const reach = sqrt(2 * h) + farthest;
      const leftOut = <f64>load<f32>(lists + (<usize>(size - 1) << 3));
      if (found < size || !(leftOut - error * (h + 0.5 * reach * reach) - slack - TINY > 0.5 * farthest * farthest)) {
        store<i32>(unsure + (<usize>doubts << 2), first + i);
        doubts++;
      }
    }
    lists += <usize>size << 3;
    queries += row;
    if (queryFactors) queryFactors += 8;
    halfNorms += 4;
    indices += <usize>k << 2;
    distances += <usize>k << 2;
  }
  return doubts;
}

/** The `k` nearest of `count` points to a query, from all distances; point `self` (-1 for none) is left out. */
export function nearestExactly(
  query: usize, points: usize, count: i32, dimensions: i32, queryFactor: usize, pointFactors: usize, self: i32, k: i32, halve: i32,
  indices: usize, distances: usize, scratch: usize,
): void {
  const row = <usize>dimensions << 2;
  const last = scratch + <usize>(k - 1) * PLACE;
  clearExact(scratch, k);
  for (let j = 0; j < count; j++) {
    const distance = j == self ? Infinity : distanceOf(query, points, dimensions, queryFactor, pointFactors, load<f64>(last));
    insertExact(scratch, k, distance, j);
    points += row;
    if (pointFactors) pointFactors += 8;
  }
  writeList(scratch, k, halve != 0, indices, distances);
}
