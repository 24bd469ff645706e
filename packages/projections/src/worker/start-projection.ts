import { LatentkitError } from '@latentkit/core';
import { createProjection } from '../create-projection.ts';
import type { Points } from '../points.ts';
import type { ProjectionMethod, ProjectionOptions } from '../projection-methods.ts';
import { projectInWorker, type WorkerOptions, type WorkerProjection } from './project-in-worker.ts';

/** Methods with steps that block their thread for seconds, or minutes. */
const BLOCKING: readonly ProjectionMethod[] = ['tsne-js', 'umap-js'];

export interface StartOptions extends WorkerOptions {
  /** Whether in a worker; by default the npm packages are, and Latentkit's own methods are not. */
  worker?: boolean;
}

/**
 * A projection of which it does not matter where it runs: in a worker, or on the caller's thread, which a method of
 * Latentkit's own leaves free every 50 ms.
 *
 * @throws as `projectInWorker` and `createProjection` do; `E_USAGE` for a time limit without a worker to end.
 * @example
 * const projection = await startProjection('umap-js', points);
 * const map = await projection.run();
 * projection.close();
 */
export async function startProjection<Method extends ProjectionMethod>(
  method: Method,
  points: Points,
  options?: ProjectionOptions[Method],
  { worker = BLOCKING.includes(method), timeLimitSeconds }: StartOptions = {},
): Promise<WorkerProjection> {
  if (worker) return projectInWorker(method, points, options, { timeLimitSeconds });
  if (timeLimitSeconds !== undefined) {
    throw new LatentkitError('E_USAGE', 'startProjection: a time limit needs a worker that can be ended', {
      fix: 'Say worker: true, or stop run() by a signal',
    });
  }
  const projection = await createProjection(method, points, options);
  return {
    method,
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
