/** Work in bounded pieces: yields the share of it that is done, 0 to 1. */
export type Work<Result> = Generator<number, Result, void>;

/** A part of some work: its shares lie between `from` and `to`. */
export function* within<Result>(work: Work<Result>, from: number, to: number): Work<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    yield from + (to - from) * value;
  }
}

/** Does all of it at once. */
export function finish<Result>(work: Work<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
