import { LatentkitError } from '@latentkit/core';
import { checkOptions, flagRule, type OptionRules } from '@latentkit/core/options';
import { createProjection } from '../create-projection.ts';
import { type AnyMethod, methodRow, type OptionsOf } from '../own-methods.ts';
import type { Points } from '../points.ts';
import {
  projectInWorker,
  WORKER_RULES,
  type WorkerOptions,
  type WorkerProjection,
} from './project-in-worker.ts';

export interface StartOptions extends WorkerOptions {
  /** Whether in a worker; by default methods whose steps block their thread are, and Latentkit's own are not. */
  worker?: boolean;
}

const RULES: OptionRules<StartOptions> = { ...WORKER_RULES, worker: flagRule };

/**
 * A projection of which it does not matter where it runs: in a worker, or on the caller's thread, which a method of
 * Latentkit's own leaves free every 50 ms.
 *
 * @throws as `projectInWorker` and `createProjection` do; `E_USAGE` for a time limit without a worker to end.
 * @example
 * const projection = await startProjection(umapJs, points);
 * const map = await projection.run();
 * projection.close();
 */
export async function startProjection<const Method extends AnyMethod>(
  method: Method,
  points: Points,
  options?: OptionsOf<Method>,
  startOptions: StartOptions = {},
): Promise<WorkerProjection> {
  checkOptions('startProjection', startOptions, RULES);
  const { worker, timeLimitSeconds } = startOptions;
  const row = methodRow(method, 'startProjection');
  if (worker ?? row.blocks) return projectInWorker(method, points, options, { timeLimitSeconds });
  if (timeLimitSeconds !== undefined) {
    throw new LatentkitError('E_USAGE', 'startProjection: a time limit needs a worker that can be ended', {
      fix: 'Say worker: true, or stop run() by a signal',
    });
  }
  const projection = await createProjection(method, points, options);
  return {
    method: row.name,
    count: projection.count,
    components: projection.components,
    get progress() {
      return projection.progress;
    },
    get embedding() {
      return projection.embedding;
    },
    get warnings() {
      return projection.warnings;
    },
    run: projection.run,
    transform: async (asked) => projection.transform(asked),
    save: async () => projection.save(),
    close() {},
  };
}
