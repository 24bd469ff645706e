/** A child's first line: it can measure these rows. */
export interface ReadyMessage {
  ready: true;
  rows: string[];
  /** Threads that it computes on. */
  workers: number;
  /** Of what it runs on, e.g. `{ tfjs: '4.22.0' }`. */
  versions: Record<string, string>;
  /** Rows that it could be expected to have and has not, and why. */
  missing?: Record<string, string>;
}

/** A line to a child: measure a row so many times. */
export interface MeasureRequest {
  row: string;
  repeats: number;
}

/** A child's line back: the times in milliseconds, or why there are none. As its first line, why it cannot work at all. */
export type MeasureAnswer = { ms: number[] } | { error: string };
