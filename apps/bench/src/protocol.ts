/** A child's first line: it can measure these rows. */
export interface ReadyMessage {
  ready: true;
  rows: string[];
  /** Threads that it computes on. */
  workers: number;
  /** Of what it runs on, e.g. `{ tfjs: '4.22.0' }`. */
  versions: Record<string, string>;
  /** In a word, how it computes, where its library has several ways. */
  how?: string | null;
  /** Rows that it could be expected to have and has not, and why. */
  missing?: Record<string, string>;
}

/** A line to a child: measure a row so many times. */
export interface MeasureRequest {
  row: string;
  repeats: number;
}

/** Training steps whose mean loss is told: enough to know another model, few enough for the first requests. */
export const FIRST_STEPS = 10;

/** What a child measured. */
export interface Measured {
  /** Milliseconds of each time. */
  ms: number[];
  /** Of a row that trains, once it has made them: the mean loss over its `FIRST_STEPS`, whichever were timed. */
  loss?: number;
  /** The most memory that its process had resident until now, for all of its rows. */
  peakBytes?: number | null;
}

/** A child's line back: what it measured, or why it could not. As its first line, why it cannot work at all. */
export type MeasureAnswer = Measured | { error: string };
