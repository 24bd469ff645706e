import { nextTurn } from '@latentkit/core';

// Pieces take 10 ms about; the caller's thread is free every 50 ms.
const TURN_MS = 25;

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

/** Goes through the pieces of a computation, giving way to the event loop in between; rejects with the signal's reason. */
export async function runPieces<T>(pieces: Generator<unknown, T>, signal?: AbortSignal): Promise<T> {
  let turn = performance.now();
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value as T;
    if (performance.now() - turn < TURN_MS) continue;
    await nextTurn();
    signal?.throwIfAborted();
    turn = performance.now();
  }
}
