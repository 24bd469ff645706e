import { nextTurn } from '@latentkit/core';

// Pieces take 10 ms about; the caller's thread is free every 50 ms.
const TURN_MS = 25;

/** Goes through the pieces of a computation, giving way to the event loop in between. */
export async function runPieces<T>(pieces: Generator<unknown, T>): Promise<T> {
  let turn = performance.now();
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value as T;
    if (performance.now() - turn < TURN_MS) continue;
    await nextTurn();
    turn = performance.now();
  }
}
