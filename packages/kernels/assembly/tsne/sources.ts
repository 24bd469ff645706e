// A list of sources: what repels a point, masses at places, in three arrays.

let xs: usize = 0;
let ys: usize = 0;
let masses: usize = 0;
/** Bytes that are filled in each of the arrays. */
let filled: usize = 0;

/** Where the three arrays are, each with room for `count + 16` numbers; empty. */
export function setSources(x: usize, y: usize, mass: usize): void {
  xs = x;
  ys = y;
  masses = mass;
  filled = 0;
}

/** Bytes of each array that the list takes up: a mark to come back to by {@link truncateSources}. */
@inline
export function sourcesEnd(): usize {
  return filled;
}

@inline
export function truncateSources(mark: usize): void {
  filled = mark;
}

@inline
export function addSource(x: f32, y: f32, mass: f32): void {
  store<f32>(xs + filled, x);
  store<f32>(ys + filled, y);
  store<f32>(masses + filled, mass);
  filled += 4;
}

/** `count` points of mass 1. Reads and writes up to seven numbers beyond. */
@inline
export function addPoints(x: usize, y: usize, count: i32): void {
  const end = <usize>count << 2;
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(xs + filled + at, v128.load(x + at));
    v128.store(ys + filled + at, v128.load(y + at));
    v128.store(masses + filled + at, one);
  }
  filled += end;
}

/** The mass of a source, which {@link addSource} has put at `mark`. */
@inline
export function setMass(mark: usize, mass: f32): void {
  store<f32>(masses + mark, mass);
}

/** Fills the last vectors with sources of no mass. */
export function padSources(): void {
  const zero = f32x4.splat(0);
  v128.store(xs + filled, zero);
  v128.store(xs + filled, zero, 16);
  v128.store(ys + filled, zero);
  v128.store(ys + filled, zero, 16);
  v128.store(masses + filled, zero);
  v128.store(masses + filled, zero, 16);
}

/**
 * What the list does to the point at (`x`, `y`): with `q = 1 / (1 + distance^2)` the sums of `mass q^2 dx`, `mass q^2 dy` and `mass q`, eight
 * partial sums of each to `sums` (96 bytes). `start` holds the 16 splats it begins from: eight zeros, then eight ones.
 */
@inline
export function sumSources(x: usize, y: usize, sums: usize, start: usize): void {
  // From memory, not as constants, so that V8 joins the pairs.
  let x0 = v128.load(start), x1 = v128.load(start, 16);
  let y0 = v128.load(start), y1 = v128.load(start, 16);
  let z0 = v128.load(start), z1 = v128.load(start, 16);
  const one0 = v128.load(start, 32), one1 = v128.load(start, 48);
  const px = v128.load32_splat(x), py = v128.load32_splat(y);
  for (let at: usize = 0; at < filled; at += 32) {
    const dx0 = f32x4.sub(px, v128.load(xs + at)), dx1 = f32x4.sub(px, v128.load(xs + at, 16));
    const dy0 = f32x4.sub(py, v128.load(ys + at)), dy1 = f32x4.sub(py, v128.load(ys + at, 16));
    const d0 = f32x4.add(f32x4.mul(dx0, dx0), f32x4.mul(dy0, dy0));
    const d1 = f32x4.add(f32x4.mul(dx1, dx1), f32x4.mul(dy1, dy1));
    const q0 = f32x4.div(one0, f32x4.add(one0, d0)), q1 = f32x4.div(one1, f32x4.add(one1, d1));
    const w0 = f32x4.mul(v128.load(masses + at), q0), w1 = f32x4.mul(v128.load(masses + at, 16), q1);
    z0 = f32x4.add(z0, w0); z1 = f32x4.add(z1, w1);
    const v0 = f32x4.mul(w0, q0), v1 = f32x4.mul(w1, q1);
    x0 = f32x4.add(x0, f32x4.mul(v0, dx0)); x1 = f32x4.add(x1, f32x4.mul(v1, dx1));
    y0 = f32x4.add(y0, f32x4.mul(v0, dy0)); y1 = f32x4.add(y1, f32x4.mul(v1, dy1));
  }
  v128.store(sums, x0); v128.store(sums, x1, 16);
  v128.store(sums, y0, 32); v128.store(sums, y1, 48);
  v128.store(sums, z0, 64); v128.store(sums, z1, 80);
}

/** The sum of eight numbers, by halves. */
@inline
export function sumEight(numbers: usize): f32 {
  const four = f32x4.add(v128.load(numbers), v128.load(numbers, 16));
  const two = f32x4.add(four, v128.shuffle<f32>(four, four, 2, 3, 2, 3));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}
