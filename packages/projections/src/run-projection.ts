import { nextTurn } from '@latentkit/core';
import type { Projection, ProjectionAlgorithm, RunOptions } from './projection.ts';

// Between two turns of the event loop; with steps of a few milliseconds the caller's thread is free every 50 ms.
const TURN_MS = 30;

/** Gives an algorithm `run`. */
export function asProjection<Algorithm extends ProjectionAlgorithm>(
  algorithm: Algorithm,
): Algorithm & Projection {
  return Object.assign(algorithm, { run: (options?: RunOptions) => runProjection(algorithm, options) });
}

async function runProjection(
  algorithm: ProjectionAlgorithm,
  { signal, onProgress }: RunOptions = {},
): Promise<Float32Array> {
  signal?.throwIfAborted();
  let turn = performance.now();
  while (algorithm.progress.stage !== 'done') {
    algorithm.step();
    if (performance.now() - turn < TURN_MS) continue;
    onProgress?.(algorithm.progress);
    await nextTurn();
    signal?.throwIfAborted();
    turn = performance.now();
  }
  onProgress?.(algorithm.progress);
  return algorithm.embedding;
}
