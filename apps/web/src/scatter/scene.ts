import type { Bounds } from './camera.ts';
import { createMotion, type Motion } from './motion.ts';
import type { Pickable } from './pick.ts';
import {
  checkMask,
  checkPlaces,
  checkPoints,
  findOrigin,
  NO_CATEGORY,
  POINT,
  type ScatterPoints,
  sampleClasses,
  sampleRows,
  writePlaces,
} from './points.ts';
import { evenOrder } from './renderer.ts';
import { readSnapshot, type Snapshot, type SnapshotOf } from './snapshot.ts';

/** The points of a map, on their way from one snapshot to the next. Times are in milliseconds. */
export interface Scene {
  /** Places in the motion and in snapshots are counted from here. */
  readonly origin: readonly [number, number];
  readonly motion: Motion;
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly category: Uint8Array;
  readonly state: Uint8Array;
  /** The order in which rows are drawn: every beginning is spread over all. */
  readonly order: Uint32Array;
  readonly isolated: number | undefined;
  readonly hasSelection: boolean;
  /** Points whose place is not finite. */
  readonly unplaced: number;
  setPoints(points: ScatterPoints, colorCount: number): void;
  /** Gives the arrays of places whose content is new. */
  moveTo(x: ScatterPoints['x'], y: ScatterPoints['x'], now: number, seconds: number): readonly Float32Array[];
  isolate(category: number | undefined): void;
  select(mask: Uint8Array | undefined): void;
  /** The bounds of nearly all points, in data. */
  bounds(): Bounds | undefined;
  /** Points as they lie now, counted from the origin. */
  pickable(now: number): Pickable;
  /** Where a point is now, in data. */
  placeOf(row: number, now: number): [number, number];
  categoryOf(row: number): number | undefined;
  /** The first class after one that has points to be seen, `undefined` after the last; after none, the first of all. */
  classAfter(category: number | undefined): number | undefined;
  countOf(category: number | undefined): number;
}

const NO_POINTS: ScatterPoints = {
  x: new Float32Array(),
  y: new Float32Array(),
  category: new Uint8Array(),
  state: new Uint8Array(),
};

export function createScene(): Scene {
  let { category, state } = NO_POINTS;
  let order: Uint32Array = new Uint32Array();
  let classCount = 0;
  let origin: readonly [number, number] = [0, 0];
  let motion = createMotion(new Float32Array());
  let of: SnapshotOf = { category, state, classCount, rows: new Uint32Array(), rowsOfClasses: [] };
  let after = readSnapshot(motion.to, of);
  let before = after;
  let isolated: number | undefined;
  let hasSelection = false;
  let unplaced = 0;

  const countOf = (wanted: number | undefined) => {
    let count = 0;
    for (let row = 0; row < category.length; row++) {
      if (state[row] !== POINT.hidden && (wanted === undefined || category[row] === wanted)) count++;
    }
    return count;
  };

  return {
    get origin() {
      return origin;
    },
    get motion() {
      return motion;
    },
    get before() {
      return before;
    },
    get after() {
      return after;
    },
    get category() {
      return category;
    },
    get state() {
      return state;
    },
    get order() {
      return order;
    },
    get isolated() {
      return isolated;
    },
    get hasSelection() {
      return hasSelection;
    },
    get unplaced() {
      return unplaced;
    },
    setPoints(points, colorCount) {
      checkPoints(points, colorCount);
      // Of those that there are: there may be colours for many more.
      classCount = points.category.reduce(
        (most, one) => (one === NO_CATEGORY ? most : Math.max(most, one + 1)),
        0,
      );
      category = points.category.slice();
      state = points.state.slice();
      order = evenOrder(category.length);
      hasSelection = state.includes(POINT.selected);
      origin = findOrigin(points.x, points.y);
      const places = new Float32Array(2 * category.length);
      unplaced = writePlaces(points.x, points.y, origin, places);
      motion = createMotion(places);
      of = {
        ...{ category, state, classCount },
        rows: sampleRows(state),
        rowsOfClasses: sampleClasses(category, state, classCount),
      };
      after = readSnapshot(places, of);
      before = after;
    },
    moveTo(x, y, now, seconds) {
      checkPlaces(x, y, category.length);
      const fresh = motion.start(
        (to) => {
          unplaced = writePlaces(x, y, origin, to);
        },
        now,
        seconds,
      );
      const next = readSnapshot(motion.to, of);
      before = seconds > 0 ? after : next;
      after = next;
      return fresh;
    },
    isolate(newCategory) {
      isolated = newCategory;
    },
    select(mask) {
      if (mask) checkMask(mask, state.length);
      hasSelection = false;
      for (let row = 0; row < state.length; row++) {
        if (state[row] === POINT.hidden) continue;
        const isSelected = mask !== undefined && mask[row] !== 0;
        state[row] = isSelected ? POINT.selected : POINT.plain;
        hasSelection ||= isSelected;
      }
    },
    bounds() {
      if (!after.bounds) return undefined;
      const { left, right, bottom, top } = after.bounds;
      return {
        left: left + origin[0],
        right: right + origin[0],
        bottom: bottom + origin[1],
        top: top + origin[1],
      };
    },
    pickable: (now) => ({ places: motion.placesAt(now), category, state, isolated }),
    placeOf(row, now) {
      const { from, to } = motion;
      const share = motion.shareAt(now);
      const along = (i: number) => from[i]! + (to[i]! - from[i]!) * share;
      return [along(2 * row) + origin[0], along(2 * row + 1) + origin[1]];
    },
    categoryOf(row) {
      return category[row] === NO_CATEGORY ? undefined : category[row];
    },
    classAfter(last) {
      for (let next = (last ?? -1) + 1; next < classCount; next++) if (countOf(next) > 0) return next;
      return undefined;
    },
    countOf,
  };
}
