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

/** Frames of 30 a second look like movement. The mean is held below that, and of single frames all but one in twenty. */
const BUDGET_MS = 26;
const LATE_MS = 28.5;
const OFTEN = 0.05;
/** No frame counts for more than so many budgets: what holds a machine up once, or hides a tab, says nothing of the points. */
const MOST_LATE = 2;
/** Frames that usually come this fast are late for other reasons than points: with fewer they would be as late. */
const SMOOTH_MS = 18;
/** How much one frame counts in the mean (a few in a row have to be slow), and in the share of late ones. */
const WEIGHT = 0.25;
const LATE_WEIGHT = 0.04;
/** Points are at most halved at once, and by a tenth where it is single frames that are late. */
const MOST_FEWER = 0.5;
const FEWER = 0.9;
/** There is room for more points when frames take less than this part of the budget: quickly where none was late for long. */
const ROOM = 0.75;
const MORE = 1.05;
const SLOWLY_MORE = 1.003;
/** Thinner than this, classes would lose their shape. */
const LEAST = 0.15;

export function createPace(): Pace {
  let share = 1;
  let mean = 0;
  let usual = 0; // the mean of those that were in time
  let late = 0; // the share of those that were not
  return {
    get share() {
      return share;
    },
    frame(milliseconds) {
      mean += (Math.min(milliseconds, MOST_LATE * BUDGET_MS) - mean) * WEIGHT;
      const isLate = milliseconds > LATE_MS;
      late += (Number(isLate) - late) * LATE_WEIGHT;
      if (!isLate) usual += (milliseconds - usual) * WEIGHT;
      if (mean > BUDGET_MS) {
        share *= Math.max((ROOM * BUDGET_MS) / mean, MOST_FEWER);
        // What was measured was measured with more points.
        mean = BUDGET_MS * ROOM;
      } else if (isLate && late > OFTEN && usual > SMOOTH_MS) share *= FEWER;
      else if (mean < BUDGET_MS * ROOM && late < OFTEN) share *= late < OFTEN / 5 ? MORE : SLOWLY_MORE;
      share = Math.min(Math.max(share, LEAST), 1);
    },
  };
}
