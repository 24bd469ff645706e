import { nextTurn } from '@latentkit/core';

const INTERVAL_MS = 30;

/**
 * A pause that lets the event loop turn (signals, key presses, painting) at most every 30 ms, so that it costs next
 * to nothing.
 */
export function createYielder(now: () => number): () => Promise<void> {
  let last = now();
  return async () => {
    if (now() - last < INTERVAL_MS) return;
    await nextTurn();
    last = now();
  };
}
