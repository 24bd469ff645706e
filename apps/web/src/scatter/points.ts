import { LatentkitError } from '@latentkit/core';
import type { Bounds } from './camera.ts';

/**
 * Points as a struct of arrays: row i is the same thing in all of them, for as long as the scatter lives, and whatever is
 * said of a point (hovered, selected, nearest) is said by its row.
 */
export interface ScatterPoints {
  /** [n], of float64 where numbers are far from 0. What is not finite is not drawn. */
  readonly x: Float32Array | Float64Array;
  readonly y: Float32Array | Float64Array;
  /** [n], an index into the colours, or `NO_CATEGORY`. */
  readonly category: Uint8Array;
  /** [n], of `POINT`. */
  readonly state: Uint8Array;
}

/** What a point can be. */
export const POINT = { plain: 0, selected: 1, hidden: 2 } as const;

/** The category of a point that has none. */
export const NO_CATEGORY = 255;

/** How many classes can be told apart by colour, and then some. */
export const MOST_CATEGORIES = 32;

/** Of how many rows, about, quantiles of all and medians of a class are those. */
const SAMPLE = 4000;
const SAMPLE_OF_CLASS = 501;
/** Widths of the middle 96% of points that may lie beyond them. */
const SHOWN_SLACK = 0.3;
const TAKEN_SLACK = 1;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * @throws `E_SHAPE` for arrays of different lengths, `E_RANGE` for a category without a colour or an unknown state.
 */
export function checkPoints({ x, y, category, state }: ScatterPoints, colorCount: number): void {
  checkPlaces(x, y, x.length);
  for (const [name, array] of [
    ['category', category],
    ['state', state],
  ] as const) {
    if (array.length !== x.length) {
      throw new LatentkitError(
        'E_SHAPE',
        `scatter: ${name} must have one value for each of ${x.length} points, got ${array.length}`,
      );
    }
  }
  for (let row = 0; row < x.length; row++) {
    if (category[row]! >= colorCount && category[row] !== NO_CATEGORY) {
      throw new LatentkitError(
        'E_RANGE',
        `scatter: the category of row ${row} must be below ${colorCount}, the number of colours, got ${category[row]}`,
        { fix: `Give it a colour, or the category ${NO_CATEGORY} (none).` },
      );
    }
    if (state[row]! > POINT.hidden) {
      throw new LatentkitError(
        'E_RANGE',
        `scatter: the state of row ${row} must be 0 (plain), 1 (selected) or 2 (hidden), got ${state[row]}`,
      );
    }
  }
}

/** @throws `E_SHAPE` unless there are `count` numbers in both. */
export function checkPlaces(x: ScatterPoints['x'], y: ScatterPoints['x'], count: number): void {
  if (x.length === count && y.length === count) return;
  throw new LatentkitError(
    'E_SHAPE',
    `scatter: x and y must have one value for each of ${count} points, got ${x.length} and ${y.length}`,
    { fix: 'Points move; other points are set by setPoints.' },
  );
}

/** @throws `E_SHAPE` unless a mask has one value for each point. */
export function checkMask(mask: Uint8Array, count: number): void {
  if (mask.length === count) return;
  throw new LatentkitError(
    'E_SHAPE',
    `scatter: a selection must have one value for each of ${count} points, got ${mask.length}`,
  );
}

/** The middle of what is finite: what places are counted from, so that float32 has its digits where they are needed. */
export function findOrigin(x: ScatterPoints['x'], y: ScatterPoints['x']): [number, number] {
  return [middleOf(x), middleOf(y)];
}

function middleOf(values: ScatterPoints['x']): number {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? least + (most - least) / 2 : 0;
}

/** Writes places from an origin as x, y, x, y, ...: the order a GPU reads. Gives how many are not finite. */
export function writePlaces(
  x: ScatterPoints['x'],
  y: ScatterPoints['x'],
  [originX, originY]: readonly [number, number],
  places: Float32Array, // [n, 2]
): number {
  let unplaced = 0;
  for (let row = 0; row < x.length; row++) {
    const dx = x[row]! - originX;
    const dy = y[row]! - originY;
    places[2 * row] = dx;
    places[2 * row + 1] = dy;
    if (!Number.isFinite(dx + dy)) unplaced++;
  }
  return unplaced;
}

/** Where points lie: what a view should show of them, and what they take up. */
export interface Extent {
  /** Without the few that lie so far out that the rest would be a speck. */
  readonly shown: Bounds;
  /** With all but those that are farther out than the others are wide. */
  readonly taken: Bounds;
}

/** About 4,000 of the rows that are not hidden, in steps of no fixed length: rows are often in turns of classes. */
export function sampleRows(state: Uint8Array): Uint32Array {
  const rows: number[] = [];
  const share = SAMPLE / state.length;
  let due = 0;
  for (let row = 0; row < state.length; row++) {
    if (state[row] === POINT.hidden) continue;
    due += share * (0.5 + ((row * GOLDEN) % 1));
    if (due < 1 && rows.length > 0) continue;
    due %= 1;
    rows.push(row);
  }
  return Uint32Array.from(rows);
}

/** The extent of places, `undefined` where there are none; `sample` are rows that stand for all. */
export function findExtent(
  places: Float32Array, // [n, 2]
  state: Uint8Array,
  sample: Uint32Array,
): Extent | undefined {
  const all = {
    left: Number.POSITIVE_INFINITY,
    right: Number.NEGATIVE_INFINITY,
    bottom: Number.POSITIVE_INFINITY,
    top: Number.NEGATIVE_INFINITY,
  };
  for (let row = 0; row < state.length; row++) {
    const x = places[2 * row]!;
    const y = places[2 * row + 1]!;
    if (state[row] === POINT.hidden || !Number.isFinite(x + y)) continue;
    if (x < all.left) all.left = x;
    if (x > all.right) all.right = x;
    if (y < all.bottom) all.bottom = y;
    if (y > all.top) all.top = y;
  }
  if (all.left > all.right) return undefined;
  const [sortedX, sortedY] = sortedPlaces(places, sample);
  const within = (slack: number): Bounds => {
    const [left, right] = withoutStrays(sortedX, all.left, all.right, slack);
    const [bottom, top] = withoutStrays(sortedY, all.bottom, all.top, slack);
    return { left, right, bottom, top };
  };
  return { shown: within(SHOWN_SLACK), taken: within(TAKEN_SLACK) };
}

/** The xs and the ys of those of some rows that have a place, from the least; by a plain loop, as this is done for each map that comes. */
function sortedPlaces(places: Float32Array, rows: Uint32Array): [Float32Array, Float32Array] {
  const [xs, ys] = [new Float32Array(rows.length), new Float32Array(rows.length)];
  let placed = 0;
  for (let i = 0; i < rows.length; i++) {
    const x = places[2 * rows[i]!]!;
    const y = places[2 * rows[i]! + 1]!;
    if (!Number.isFinite(x + y)) continue;
    xs[placed] = x;
    ys[placed++] = y;
  }
  return [xs.subarray(0, placed).sort(), ys.subarray(0, placed).sort()];
}

/** From the least to the most, cut off where that is farther from the middle 96% than so many of their widths. */
function withoutStrays(sample: Float32Array, least: number, most: number, slack: number): [number, number] {
  // The few that were sampled may have no place, where others have one.
  if (sample.length === 0) return [least, most];
  const last = sample.length - 1;
  const low = sample[Math.round(0.02 * last)]!;
  const high = sample[Math.round(0.98 * last)]!;
  const reach = slack * (high - low) || Number.POSITIVE_INFINITY;
  return [Math.max(least, low - reach), Math.min(most, high + reach)];
}

/** The least bounds around both. */
export function unite(a: Bounds, b: Bounds): Bounds {
  return {
    left: Math.min(a.left, b.left),
    right: Math.max(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
    top: Math.max(a.top, b.top),
  };
}

/** Of each class at most 501 evenly spaced rows: those that stand for it where a few are enough. */
export function sampleClasses(
  category: Uint8Array,
  state: Uint8Array,
  classCount: number,
): readonly Uint32Array[] {
  const counts = new Uint32Array(classCount);
  for (const label of category) if (label < classCount) counts[label]!++;
  const seen = new Uint32Array(classCount);
  const rows = Array.from(counts, (): number[] => []);
  for (let row = 0; row < category.length; row++) {
    const label = category[row]!;
    if (label >= classCount) continue;
    const stride = Math.ceil(counts[label]! / SAMPLE_OF_CLASS);
    if (seen[label]!++ % stride === 0 && state[row] !== POINT.hidden) rows[label]!.push(row);
  }
  return rows.map((own) => Uint32Array.from(own));
}

/** The median x and the median y of each class's sample: where its name stands. NaN for a class without points. */
export function findMedians(
  places: Float32Array, // [n, 2]
  sample: readonly Uint32Array[],
): Float32Array {
  const medians = new Float32Array(2 * sample.length);
  for (const [label, rows] of sample.entries()) {
    const placed = rows.filter((row) => Number.isFinite(places[2 * row]! + places[2 * row + 1]!));
    for (const i of [0, 1]) {
      medians[2 * label + i] = median(Float32Array.from(placed, (row) => places[2 * row + i]!));
    }
  }
  return medians;
}

function median(values: Float32Array): number {
  values.sort();
  const half = values.length >> 1;
  return values.length % 2 ? values[half]! : (values[half - 1]! + values[half]!) / 2;
}
