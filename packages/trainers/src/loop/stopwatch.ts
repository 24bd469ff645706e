/** Milliseconds of a run's own work. */
export interface Stopwatch {
  read(): number;
  /** Stands still until {@link start}. */
  stop(): void;
  start(): void;
}

/**
 * A clock that may be held: a run whose listener keeps the turn, to draw or for a coffee, has used no time of its own, and
 * nothing becomes due meanwhile.
 *
 * @param now milliseconds from any origin.
 */
export function createStopwatch(now: () => number): Stopwatch {
  let ran = 0;
  let since: number | undefined = now();
  return {
    read: () => (since === undefined ? ran : ran + (now() - since)),
    stop() {
      if (since !== undefined) ran += now() - since;
      since = undefined;
    },
    start() {
      since ??= now();
    },
  };
}
