import { nextTurn } from '@latentkit/core';
import { checkOptions } from '@latentkit/core/options';
import { type Projection, type ProjectionAlgorithm, RUN_RULES, type RunOptions } from './projection.ts';

// Between two turns of the event loop; with steps of a few milliseconds the caller's thread is free every 50 ms.
const TURN_MS = 30;

/** By default between two maps that are told of: what an eye needs, and a small share of a step's work. */
export const MAP_SECONDS = 0.1;

/** Gives an algorithm `run`. */
export function asProjection<Algorithm extends ProjectionAlgorithm>(
  algorithm: Algorithm,
): Algorithm & Projection {
  return Object.assign(algorithm, {
    async run(options: RunOptions = {}) {
      checkOptions('run', options, RUN_RULES);
      const { signal, onProgress } = options;
      const isDone = () => algorithm.progress.stage === 'done';
      const tellMap = mapTeller(algorithm, options);
      await runSteps({
        isDone,
        step() {
          algorithm.step();
          if (!isDone()) tellMap();
        },
        signal,
        onTurn: () => onProgress?.(algorithm.progress),
      });
      tellMap();
      return algorithm.embedding;
    },
  });
}

/** Gives a map where there is a new one and its time has come, or where all is done. */
export function mapTeller(
  algorithm: Pick<ProjectionAlgorithm, 'progress' | 'embedding'>,
  { onMap, mapSeconds = MAP_SECONDS }: Pick<RunOptions, 'onMap' | 'mapSeconds'>,
): () => void {
  if (!onMap) return () => {};
  let told = { step: algorithm.progress.step, at: Number.NEGATIVE_INFINITY };
  return () => {
    const { progress } = algorithm;
    const isNew = progress.step !== told.step && performance.now() - told.at >= 1000 * mapSeconds;
    if (!isNew && progress.stage !== 'done') return;
    told = { step: progress.step, at: performance.now() };
    onMap(algorithm.embedding, progress);
  };
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
