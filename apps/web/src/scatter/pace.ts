/**
 * How many points are drawn while a map moves: all, unless frames take longer than they should; then as many as there is time
 * for. A still map always has all.
 */
export interface Pace {
  /** The share that is drawn of those that would be. */
  readonly share: number;
  /** Tells that a frame of a movement came so many milliseconds after the one before. */
  frame(milliseconds: number): void;
}

/** Frames of 30 a second look like movement. The mean is held below that, so that most frames come in time, not half of them. */
const BUDGET_MS = 27;
/** No frame counts for more than so many budgets: what holds a machine up once, or hides a tab, says nothing of the points. */
const MOST_LATE = 2;
/** How much one frame counts in the mean: a few in a row have to be slow. */
const WEIGHT = 0.25;
const MORE = 1.08;
/** Points are at most halved at once. */
const MOST_FEWER = 0.5;
/** There is room for more points when frames take less than this part of the budget. */
const ROOM = 0.75;
/** Thinner than this, classes would lose their shape. */
const LEAST = 0.15;

export function createPace(): Pace {
  let share = 1;
  let mean = 0;
  return {
    get share() {
      return share;
    },
    frame(milliseconds) {
      mean += (Math.min(milliseconds, MOST_LATE * BUDGET_MS) - mean) * WEIGHT;
      if (mean > BUDGET_MS) {
        share = Math.max(share * Math.max((ROOM * BUDGET_MS) / mean, MOST_FEWER), LEAST);
        // What was measured was measured with more points.
        mean = BUDGET_MS * ROOM;
      } else if (mean < BUDGET_MS * ROOM) share = Math.min(share * MORE, 1);
    },
  };
}
