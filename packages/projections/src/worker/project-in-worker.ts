import { LatentkitError } from '@latentkit/core';
import { above, checkOptions, type OptionRules } from '@latentkit/core/options';
import { type AnyMethod, methodRow, type OptionsOf, OWN_METHODS } from '../own-methods.ts';
import type { Points } from '../points.ts';
import { type ProjectionProgress, RUN_RULES, type RunOptions, type SavedProjection } from '../projection.ts';
import type { MethodRow } from '../projection-method.ts';
import { copyPoints } from './copy-points.ts';
import { createWorkerLine } from './worker-line.ts';

export interface WorkerOptions {
  /** Ends the worker when the projection's creation, or a `run`, takes longer than this; no limit by default. */
  timeLimitSeconds?: number;
}

export const WORKER_RULES: OptionRules<WorkerOptions> = {
  timeLimitSeconds: above(0),
};

/** A projection in a worker: the members of `Projection`, as far as they were heard of. */
export interface WorkerProjection {
  /** Its method's name. */
  readonly method: string;
  readonly count: number;
  readonly components: number;
  /** As last heard of; every 30 ms or so while it runs. */
  readonly progress: ProjectionProgress;
  /**
   * `[count, components]`, a copy of the last one heard of; every 100 ms or so while it runs. A run with `onMap` gives its maps
   * away: until it ends, this is the map that it began with.
   */
  readonly embedding: Float32Array;
  readonly warnings: readonly string[];
  /**
   * Runs to the end and gives the embedding. Rejects with the signal's reason at once when that is aborted: the worker
   * stops after the step under way, and the projection can be run on.
   */
  run(options?: RunOptions): Promise<Float32Array>;
  /** As `Projection`'s, in the worker. */
  transform(points: Points): Promise<Float32Array>;
  /** As `Projection`'s, in the worker. */
  save(): Promise<SavedProjection>;
  /** Ends the worker: what is under way, and whatever is asked later, rejects with `E_USAGE`. */
  close(): void;
}

/**
 * Makes a projection in a worker (of node:worker_threads, or a Web Worker), so that the caller's thread stays free.
 *
 * Points are copied, in pieces, and the caller's array is left as it is; it must not change before the promise is
 * resolved. Options must be plain data. A worker that nobody closes does not keep a Node process alive.
 *
 * @throws (as all its promises) what the method throws, with code and fix; `E_LIMIT` beyond the time limit; `E_BACKEND`
 * when the worker dies.
 * @example
 * const projection = await projectInWorker('pca', points, { components: 2 }, { timeLimitSeconds: 60 });
 * const map = await projection.run({ onProgress: ({ fraction }) => show(fraction) });
 * projection.close();
 */
export async function projectInWorker<const Method extends AnyMethod>(
  method: Method,
  points: Points,
  options?: OptionsOf<Method>,
  workerOptions: WorkerOptions = {},
): Promise<WorkerProjection> {
  checkOptions('projectInWorker', workerOptions, WORKER_RULES);
  const { timeLimitSeconds } = workerOptions;
  const row = methodRow(method, 'projectInWorker');
  requireWorker(row);
  const copy = await copyPoints(points);
  const line = createWorkerLine(row, timeLimitSeconds);
  try {
    await line.ask(
      { type: 'create', method: row.name, points: copy, options },
      {
        moved: [copy.data.buffer as ArrayBuffer],
        isLimited: true,
      },
    );
  } catch (error) {
    line.close();
    throw error;
  }
  const known = () => line.snapshot!;
  return {
    method: row.name,
    get count() {
      return known().count;
    },
    get components() {
      return known().components;
    },
    get progress() {
      return known().progress;
    },
    get embedding() {
      return known().embedding!.slice();
    },
    get warnings() {
      return known().warnings;
    },
    async run(options = {}) {
      checkOptions('run', options, RUN_RULES);
      options.signal?.throwIfAborted();
      await line.run(options);
      options.onProgress?.(known().progress);
      return known().embedding!.slice();
    },
    async transform(asked) {
      const moved = await copyPoints(asked);
      const request = { type: 'transform', points: moved } as const;
      return (await line.ask(request, { moved: [moved.data.buffer as ArrayBuffer] })) as Float32Array;
    },
    async save() {
      return (await line.ask({ type: 'save' })) as SavedProjection;
    },
    close: line.close,
  };
}

function requireWorker(row: MethodRow): void {
  if (row.worker || OWN_METHODS.includes(row)) return;
  throw new LatentkitError('E_USAGE', `projectInWorker: the row of '${row.name}' has no worker's program`, {
    fix: 'Run it on this thread by createProjection',
  });
}
