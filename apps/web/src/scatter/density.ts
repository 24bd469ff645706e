import type { Bounds } from './camera.ts';
import type { Rgb } from './colors.ts';
import { NO_CATEGORY, POINT } from './points.ts';

/** How many points of each class lie in each cell of a grid over some bounds, row 0 at the bottom. */
export interface Density {
  readonly bounds: Bounds;
  /** [classes + 1, side, side]; the last are those without a class. */
  readonly counts: Float32Array;
  readonly side: number;
}

const SIDE = 144;
/** Cells of blur to each side, three times: together close to a Gaussian with a deviation of 2.4 cells. */
const BLUR = 2;
const TIMES = 3;
/** Of the greatest density: where colour is full. The very peak of a single cell must not make all others pale. */
const FULL_AT = 0.7;
/** Below this share of the full density points are dots, and no cloud. */
const LONE = 0.03;
const MOST_ALPHA = 0.92;

/** Counts points in cells, a margin of the blur around their bounds included. What is hidden or not finite is left out. */
export function countDensity(
  places: Float32Array, // [n, 2]
  category: Uint8Array,
  state: Uint8Array,
  tight: Bounds,
  classCount: number,
  side = SIDE,
): Density {
  const bounds = withMargin(tight, side);
  const counts = new Float32Array((classCount + 1) * side * side);
  const cellOf = cellsOf(places, bounds, side);
  for (let row = 0; row < state.length; row++) {
    const cell = cellOf(row);
    if (cell < 0 || state[row] === POINT.hidden) continue;
    const label = category[row] === NO_CATEGORY ? classCount : category[row]!;
    counts[label * side * side + cell]!++;
  }
  return { bounds, counts, side };
}

/** A cell that crowding is counted in has so many points on average: fewer say by chance how crowded it is, more no more where. */
const IN_A_CELL = 4;
const LEAST_SIDE = 8;

/**
 * Points per square unit of data where a typical point lies: the median over points of the others in their cell, by its area. Cells are
 * as large as there are few points, so that tight islands of some tens are no crowd; and a heap of points that are all the same moves no
 * median.
 */
export function measureCrowding(
  places: Float32Array, // [n, 2]
  state: Uint8Array,
  tight: Bounds,
): number {
  const even = Math.round(Math.sqrt(state.length / IN_A_CELL));
  const side = Math.min(Math.max(even, LEAST_SIDE), SIDE);
  const bounds = widen(tight, 0.5 / side); // what lies on the border is in a cell, too
  const counts = new Uint32Array(side * side);
  const cellOf = cellsOf(places, bounds, side);
  let most = 0;
  for (let row = 0; row < state.length; row++) {
    const cell = cellOf(row);
    if (cell < 0 || state[row] === POINT.hidden) continue;
    counts[cell]!++;
    if (counts[cell]! > most) most = counts[cell]!;
  }
  const area = ((bounds.right - bounds.left) * (bounds.top - bounds.bottom)) / (side * side);
  return most === 0 ? 0 : othersOfMedian(counts, most) / area;
}

/** The others in the cell of a median point; between whole numbers, so that it changes evenly while points move. */
function othersOfMedian(counts: Uint32Array, most: number): number {
  const points = new Uint32Array(most + 1); // by how many are in their cell
  for (let cell = 0; cell < counts.length; cell++) points[counts[cell]!]! += counts[cell]!;
  let half = 0;
  for (const some of points) half += some / 2;
  let count = 0;
  for (; half > points[count]!; count++) half -= points[count]!;
  return Math.max(0, count - 1.5 + half / points[count]!);
}

/** The cell of a row; below 0 for one that lies in none. */
function cellsOf(places: Float32Array, { left, right, bottom, top }: Bounds, side: number) {
  const acrossX = side / (right - left);
  const acrossY = side / (top - bottom);
  return (row: number): number => {
    const column = Math.floor((places[2 * row]! - left) * acrossX);
    const line = Math.floor((places[2 * row + 1]! - bottom) * acrossY);
    // Also false for NaN.
    return column >= 0 && column < side && line >= 0 && line < side ? line * side + column : -1;
  };
}

const withMargin = (tight: Bounds, side: number) => widen(tight, ((TIMES + 1) * BLUR) / side);

/** Blurs counts in place: each row and each column of each class by running means, three times. */
export function blurDensity({ counts, side }: Pick<Density, 'counts' | 'side'>): void {
  const line = new Float32Array(side);
  for (let start = 0; start < counts.length; start += side * side) {
    if (!hasAny(counts, start, start + side * side)) continue;
    for (let i = 0; i < side; i++) {
      for (let time = 0; time < TIMES; time++) blurLine(counts, start + i * side, 1, line);
    }
    for (let i = 0; i < side; i++) {
      for (let time = 0; time < TIMES; time++) blurLine(counts, start + i, side, line);
    }
  }
}

/**
 * Counts as an image, row 0 at the top: the classes' colours mixed by their share, as opaque as there are points. Of an
 * isolated class alone; the others are then grey and faint beneath it.
 */
export function shadeDensity(
  { counts, side }: Density,
  colors: readonly Rgb[],
  faint: Rgb,
  isolated: number | undefined,
): Uint8ClampedArray {
  const cells = side * side;
  const classCount = counts.length / cells - 1;
  const pixels = new Uint8ClampedArray(4 * cells);
  const full = fullDensity(counts, cells);
  for (let cell = 0; cell < cells; cell++) {
    let sum = 0;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let label = 0; label <= classCount; label++) {
      const count = counts[label * cells + cell]!;
      if (count === 0) continue;
      const isMeant = isolated === undefined || isolated === label;
      const weight = isMeant ? count : 0.25 * count;
      const [r, g, b] = isMeant && label < classCount ? colors[label]! : faint;
      sum += weight;
      red += weight * r;
      green += weight * g;
      blue += weight * b;
    }
    if (sum === 0) continue;
    const at = 4 * ((side - 1 - Math.floor(cell / side)) * side + (cell % side));
    pixels[at] = red / sum;
    pixels[at + 1] = green / sum;
    pixels[at + 2] = blue / sum;
    // A square root: thin places are seen, and thick ones still differ. Not so lone points, which would be smudges.
    const share = Math.min(sum / full, 1);
    pixels[at + 3] = 255 * MOST_ALPHA * Math.sqrt(share) * Math.min(share / LONE, 1);
  }
  return pixels;
}

function fullDensity(counts: Float32Array, cells: number): number {
  let most = 0;
  for (let cell = 0; cell < cells; cell++) {
    let sum = 0;
    for (let at = cell; at < counts.length; at += cells) sum += counts[at]!;
    if (sum > most) most = sum;
  }
  return FULL_AT * most || 1;
}

function blurLine(values: Float32Array, start: number, step: number, line: Float32Array): void {
  const side = line.length;
  for (let i = 0; i < side; i++) line[i] = values[start + i * step]!;
  let sum = 0;
  for (let i = 0; i < BLUR; i++) sum += line[i]!;
  for (let i = 0; i < side; i++) {
    if (i + BLUR < side) sum += line[i + BLUR]!;
    if (i > BLUR) sum -= line[i - BLUR - 1]!;
    // Sums of added and taken away floats end a little beside 0.
    values[start + i * step] = sum > 1e-4 ? sum / (2 * BLUR + 1) : 0;
  }
}

function hasAny(values: Float32Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (values[i] !== 0) return true;
  return false;
}

function widen({ left, right, bottom, top }: Bounds, share: number): Bounds {
  // What has no extent gets some: a cell must have an area.
  const x = (right - left || 1) * share;
  const y = (top - bottom || 1) * share;
  return { left: left - x, right: right + x, bottom: bottom - y, top: top + y };
}
