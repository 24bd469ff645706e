// What repels a group of points: points near it, of mass 1, and cells farther off, of the mass of their points at
// their centre. Each number of a source has an array of its own.

const ARRAYS: usize = 7;

let pointX: usize = 0;
let pointY: usize = 0;
let pointMass: usize = 0;
let cellX: usize = 0;
let cellY: usize = 0;
let cellMass: usize = 0;
let cellSpread: usize = 0;
// Bytes that are filled in each array.
let pointEnd: usize = 0;
let cellEnd: usize = 0;

/** Bytes that {@link setSources} needs, when no list gets more than `count` sources. */
export function sourcesBytes(count: i32): usize {
  return ARRAYS * arrayBytes(count);
}

/** Ends in whole vectors, and leaves room for eight numbers of padding. */
@inline
function arrayBytes(count: i32): usize {
  return <usize>((count + 15) & ~7) << 2;
}

/** Empty lists at `start`. */
export function setSources(start: usize, count: i32): void {
  const bytes = arrayBytes(count);
  pointX = start;
  pointY = pointX + bytes;
  pointMass = pointY + bytes;
  cellX = pointMass + bytes;
  cellY = cellX + bytes;
  cellMass = cellY + bytes;
  cellSpread = cellMass + bytes;
  pointEnd = 0;
  cellEnd = 0;
}

/** Where the points end: to come back to by {@link truncateSources}, or for {@link setMass} of the next. */
@inline
export function pointsEnd(): usize {
  return pointEnd;
}

@inline
export function cellsEnd(): usize {
  return cellEnd;
}

@inline
export function truncateSources(points: usize, cells: usize): void {
  pointEnd = points;
  cellEnd = cells;
}

/** `spread` is the mean squared distance from the centre. */
@inline
export function addCell(x: f32, y: f32, mass: f32, spread: f32): void {
  store<f32>(cellX + cellEnd, x);
  store<f32>(cellY + cellEnd, y);
  store<f32>(cellMass + cellEnd, mass);
  store<f32>(cellSpread + cellEnd, spread);
  cellEnd += 4;
}

/** `count` points of mass 1. Reads and writes up to three numbers beyond. */
@inline
export function addPoints(x: usize, y: usize, count: i32): void {
  const end = <usize>count << 2;
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(pointX + pointEnd + at, v128.load(x + at));
    v128.store(pointY + pointEnd + at, v128.load(y + at));
    v128.store(pointMass + pointEnd + at, one);
  }
  pointEnd += end;
}

/** The mass of the point that was added at `mark`. */
@inline
export function setMass(mark: usize, mass: f32): void {
  store<f32>(pointMass + mark, mass);
}

/** Fills the last vectors with sources of no mass. */
export function padSources(): void {
  clearEight(pointX + pointEnd);
  clearEight(pointY + pointEnd);
  clearEight(pointMass + pointEnd);
  clearEight(cellX + cellEnd);
  clearEight(cellY + cellEnd);
  clearEight(cellMass + cellEnd);
  clearEight(cellSpread + cellEnd);
}

@inline
function clearEight(at: usize): void {
  v128.store(at, f32x4.splat(0));
  v128.store(at, f32x4.splat(0), 16);
}

/** Bytes at `constants` of {@link sumSources}. */
export const CONSTANTS_BYTES: usize = 64;
/** Bytes at `sums` of {@link sumSources}. */
export const SUMS_BYTES: usize = 96;

/** Eight zeros, and eight ones: what sums begin from must come from memory for V8 to join the pairs. */
export function writeConstants(constants: usize): void {
  clearEight(constants);
  v128.store(constants, f32x4.splat(1), 32);
  v128.store(constants, f32x4.splat(1), 48);
}

/**
 * How the sources repel a point at (`x`, `y`, addresses): eight partial sums each of the force's x, of its y, and of
 * q to `sums`. With d the vector from a source, and q = 1 / (1 + |d|^2), a point gives the force q^2 d, and
 *
 * a cell of `mass` points whose mean squared distance from its centre is s gives, by the second term of Taylor's
 * series around the centre for points that spread alike in all directions, the q `mass q (1 + s q (1 - 2 q))` and the
 * force `mass q^2 (1 + 2 s q (1 - 3 q)) d`.
 */
@inline
export function sumSources(x: usize, y: usize, sums: usize, constants: usize): void {
  let x0 = v128.load(constants), x1 = v128.load(constants, 16);
  let y0 = v128.load(constants), y1 = v128.load(constants, 16);
  let z0 = v128.load(constants), z1 = v128.load(constants, 16);
  const one0 = v128.load(constants, 32), one1 = v128.load(constants, 48);
  const px = v128.load32_splat(x), py = v128.load32_splat(y);
  for (let at: usize = 0; at < pointEnd; at += 32) {
    const dx0 = f32x4.sub(px, v128.load(pointX + at)), dx1 = f32x4.sub(px, v128.load(pointX + at, 16));
    const dy0 = f32x4.sub(py, v128.load(pointY + at)), dy1 = f32x4.sub(py, v128.load(pointY + at, 16));
    const r0 = f32x4.add(f32x4.mul(dx0, dx0), f32x4.mul(dy0, dy0));
    const r1 = f32x4.add(f32x4.mul(dx1, dx1), f32x4.mul(dy1, dy1));
    const q0 = f32x4.div(v128.load(pointMass + at), f32x4.add(one0, r0));
    const q1 = f32x4.div(v128.load(pointMass + at, 16), f32x4.add(one1, r1));
    z0 = f32x4.add(z0, q0); z1 = f32x4.add(z1, q1);
    const f0 = f32x4.mul(q0, q0), f1 = f32x4.mul(q1, q1);
    x0 = f32x4.add(x0, f32x4.mul(f0, dx0)); x1 = f32x4.add(x1, f32x4.mul(f1, dx1));
    y0 = f32x4.add(y0, f32x4.mul(f0, dy0)); y1 = f32x4.add(y1, f32x4.mul(f1, dy1));
  }
  v128.store(sums, x0); v128.store(sums, x1, 16);
  v128.store(sums, y0, 32); v128.store(sums, y1, 48);
  v128.store(sums, z0, 64); v128.store(sums, z1, 80);
  x0 = v128.load(sums); x1 = v128.load(sums, 16);
  y0 = v128.load(sums, 32); y1 = v128.load(sums, 48);
  z0 = v128.load(sums, 64); z1 = v128.load(sums, 80);
  for (let at: usize = 0; at < cellEnd; at += 32) {
    const dx0 = f32x4.sub(px, v128.load(cellX + at)), dx1 = f32x4.sub(px, v128.load(cellX + at, 16));
    const dy0 = f32x4.sub(py, v128.load(cellY + at)), dy1 = f32x4.sub(py, v128.load(cellY + at, 16));
    const r0 = f32x4.add(f32x4.mul(dx0, dx0), f32x4.mul(dy0, dy0));
    const r1 = f32x4.add(f32x4.mul(dx1, dx1), f32x4.mul(dy1, dy1));
    const q0 = f32x4.div(one0, f32x4.add(one0, r0)), q1 = f32x4.div(one1, f32x4.add(one1, r1));
    const m0 = f32x4.mul(v128.load(cellMass + at), q0), m1 = f32x4.mul(v128.load(cellMass + at, 16), q1);
    const t0 = f32x4.mul(v128.load(cellSpread + at), q0), t1 = f32x4.mul(v128.load(cellSpread + at, 16), q1);
    const u0 = f32x4.mul(t0, q0), u1 = f32x4.mul(t1, q1);
    const v0 = f32x4.add(u0, u0), v1 = f32x4.add(u1, u1);
    const g0 = f32x4.add(one0, f32x4.sub(t0, v0)), g1 = f32x4.add(one1, f32x4.sub(t1, v1));
    z0 = f32x4.add(z0, f32x4.mul(m0, g0)); z1 = f32x4.add(z1, f32x4.mul(m1, g1));
    const w0 = f32x4.add(v0, v0), w1 = f32x4.add(v1, v1);
    const h0 = f32x4.add(g0, f32x4.sub(t0, w0)), h1 = f32x4.add(g1, f32x4.sub(t1, w1));
    const f0 = f32x4.mul(f32x4.mul(m0, q0), h0), f1 = f32x4.mul(f32x4.mul(m1, q1), h1);
    x0 = f32x4.add(x0, f32x4.mul(f0, dx0)); x1 = f32x4.add(x1, f32x4.mul(f1, dx1));
    y0 = f32x4.add(y0, f32x4.mul(f0, dy0)); y1 = f32x4.add(y1, f32x4.mul(f1, dy1));
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
