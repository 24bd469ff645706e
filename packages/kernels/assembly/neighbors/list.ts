// A list of the nearest found so far: pairs of a float32 distance and an int32 index, 8 bytes each, nearest first. Free
// places hold (infinity, -1). Who comes later goes after its equals: offered by ascending index, ties are by lower index.

/** Empties `count` lists of `size` places, and sets their bounds to infinity. */
export function clearLists(lists: usize, size: i32, bounds: usize, count: i32): void {
  const places = count * size;
  for (let i = 0; i < places; i++) {
    store<f32>(lists, Infinity);
    store<i32>(lists, -1, 4);
    lists += 8;
  }
  for (let i = 0; i < count; i++) {
    store<f32>(bounds, Infinity);
    bounds += 4;
  }
}

/**
 * Puts a pair into its place; the last one drops out.
 *
 * @returns the bound: the distance of the last place, which later pairs must be below.
 */
export function insert(list: usize, size: i32, distance: f32, index: i32): f32 {
  const last = list + (<usize>(size - 1) << 3);
  let at = last;
  while (at - list >= 32 && load<f32>(at - 32) > distance) {
    const first = v128.load(at - 32), second = v128.load(at - 16);
    v128.store(at - 24, first);
    v128.store(at - 8, second);
    at -= 32;
  }
  while (at > list && load<f32>(at - 8) > distance) {
    store<u64>(at, load<u64>(at - 8));
    at -= 8;
  }
  store<f32>(at, distance);
  store<i32>(at, index, 4);
  return load<f32>(last);
}
