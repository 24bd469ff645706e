const SMALLEST_GAIN: f32 = 0.01;

/**
 * A step of gradient descent with momentum and a gain for each coordinate (Jacobs 1988, as in van der Maaten's code):
 * with `g = exaggeration attraction - inverseZ repulsion`, gains grow by 0.2 where the velocity goes against `g` and
 * shrink to 0.8 of themselves elsewhere, then `velocity = momentum velocity - rate gain g` and `places += velocity`.
 * `numbers` is even; arrays have room for a multiple of four.
 */
export function descend(
  places: usize, velocities: usize, gains: usize, attraction: usize, repulsion: usize, numbers: i32,
  exaggeration: f32, inverseZ: f32, momentum: f32, rate: f32,
): void {
  const end = <usize>numbers << 2;
  const zero = f32x4.splat(0);
  for (let at: usize = 0; at < end; at += 16) {
    const pull = f32x4.mul(v128.load(attraction + at), f32x4.splat(exaggeration));
    const gradient = f32x4.sub(pull, f32x4.mul(v128.load(repulsion + at), f32x4.splat(inverseZ)));
    const velocity = v128.load(velocities + at);
    const gain = v128.load(gains + at);
    const goesDown = f32x4.lt(f32x4.mul(velocity, gradient), zero);
    const next = v128.bitselect(f32x4.add(gain, f32x4.splat(0.2)), f32x4.mul(gain, f32x4.splat(0.8)), goesDown);
    const kept = f32x4.max(next, f32x4.splat(SMALLEST_GAIN));
    const move = f32x4.sub(
      f32x4.mul(velocity, f32x4.splat(momentum)),
      f32x4.mul(f32x4.mul(kept, gradient), f32x4.splat(rate)),
    );
    v128.store(gains + at, kept);
    v128.store(velocities + at, move);
    v128.store(places + at, f32x4.add(v128.load(places + at), move));
  }
}

/** Moves places so that their mean is 0. Returns a number that is finite if all of them were. */
export function center(places: usize, count: i32): f64 {
  let sum = f64x2.splat(0);
  const end = <usize>count << 3;
  for (let at: usize = 0; at < end; at += 8) {
    sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.load64_zero(places + at)));
  }
  const mean = f64x2.div(sum, f64x2.splat(<f64>count));
  const narrow = f32x4.demote_f64x2_zero(mean);
  for (let at: usize = 0; at < end; at += 8) {
    v128.store_lane<i64>(places + at, f32x4.sub(v128.load64_zero(places + at), narrow), 0);
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
