/** Up to four numbers, the missing ones 0. With a constant 4, as in a loop's body, it is a plain load. */
@inline
export function loadLanes(pointer: usize, lanes: i32): v128 {
  return lanes >= 4 ? v128.load(pointer) : loadFirst(pointer, lanes);
}

/** Stores the first `lanes` numbers, and writes nothing after them. */
@inline
export function storeLanes(pointer: usize, value: v128, lanes: i32): void {
  if (lanes >= 4) v128.store(pointer, value);
  else storeFirst(pointer, value, lanes);
}

/** Bytes of the vectors that `count` numbers fill; the other `count & 3` numbers follow. */
@inline
export function wholeBytes(count: i32): usize {
  return <usize>(count & ~3) << 2;
}

/** Makes +0 of all but the first `lanes` numbers. */
@inline
export function keepLanes(value: v128, lanes: i32): v128 {
  if (lanes >= 4) return value;
  return v128.and(value, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(lanes)));
}

function loadFirst(pointer: usize, lanes: i32): v128 {
  if (lanes == 1) return v128.load32_zero(pointer);
  const two = v128.load64_zero(pointer);
  return lanes == 2 ? two : v128.load_lane<f32>(pointer, two, 2, 8);
}

function storeFirst(pointer: usize, value: v128, lanes: i32): void {
  if (lanes == 1) {
    v128.store_lane<f32>(pointer, value, 0);
  } else {
    v128.store_lane<i64>(pointer, value, 0);
    if (lanes == 3) v128.store_lane<f32>(pointer, value, 2, 8);
  }
}
