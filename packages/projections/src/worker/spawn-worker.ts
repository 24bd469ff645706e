import { handleOf, LatentkitError, nodeThreads, type WorkerEvents, type WorkerHandle } from '@latentkit/core';
import type { MethodRow, WorkerProgram } from '../projection-method.ts';
import type { FromWorker, ToWorker } from './messages.ts';

// That of Latentkit's own methods.
const OWN: WorkerProgram = {
  // Plain JavaScript: flags of the program, such as --input-type or a loader, are not for it.
  inNode: ({ Worker }) => new Worker(new URL('./projections-worker.js', import.meta.url), { execArgv: [] }),
  inPage: () => new Worker(new URL('./projections-worker.js', import.meta.url), { type: 'module' }),
};

/**
 * Starts a method's worker, of the kind that this platform has.
 *
 * @throws `E_BACKEND` where it has none, or does not let it start.
 */
export function spawnWorker(
  { worker = OWN }: MethodRow,
  events: WorkerEvents<FromWorker>,
): WorkerHandle<ToWorker> {
  const threads = nodeThreads();
  try {
    return handleOf(threads ? worker.inNode(threads) : worker.inPage(), events);
  } catch (cause) {
    throw new LatentkitError('E_BACKEND', `projectInWorker: no worker can start here: ${cause}`, {
      fix: "Run on this thread by createProjection, or allow workers in the page's content security policy",
      cause,
    });
  }
}
