import { nextTurn } from '@latentkit/core';
import type { Projection, ProjectionAlgorithm, RunOptions } from './projection.ts';

// Between two turns of the event loop; with steps of a few milliseconds the caller's thread is free every 50 ms.
const TURN_MS = 30;

/** Gives an algorithm `run`. */
export function asProjection<Algorithm extends ProjectionAlgorithm>(
  algorithm: Algorithm,
): Algorithm & Projection {
  return Object.assign(algorithm, {
    async run({ signal, onProgress }: RunOptions = {}) {
      await runSteps({
        isDone: () => algorithm.progress.stage === 'done',
        step: () => algorithm.step(),
        signal,
        onTurn: () => onProgress?.(algorithm.progress),
      });
      return algorithm.embedding;
    },
  });
}

/** What is stepped through. */
export interface Steps {
  isDone(): boolean;
  step(): void;
  signal: AbortSignal | undefined;
  /** Before each turn of the event loop, and at the end. */
  onTurn(): void;
}

/** Steps to the end, giving way to the event loop in between; rejects with the signal's reason when it is aborted. */
export async function runSteps({ isDone, step, signal, onTurn }: Steps): Promise<void> {
  signal?.throwIfAborted();
  let turn = performance.now();
  while (!isDone()) {
    step();
    if (performance.now() - turn < TURN_MS) continue;
    onTurn();
    await nextTurn();
    signal?.throwIfAborted();
    turn = performance.now();
  }
  onTurn();
}
