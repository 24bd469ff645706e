import {
  handleOf,
  LatentkitError,
  type NodeThreads,
  nodeThreads,
  type WorkerEvents,
  type WorkerHandle,
} from '@latentkit/core';
import type { FromWorker, ToWorker } from './messages.ts';

/**
 * Starts a worker of the kind that this platform has.
 *
 * @throws `E_BACKEND` where it has none, or does not let it start.
 */
export function spawnWorker(events: WorkerEvents<FromWorker>): WorkerHandle<ToWorker> {
  const threads = nodeThreads();
  try {
    if (threads) {
      return handleOf(startInNode(threads), events);
    }
    return handleOf(new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }), events);
  } catch (cause) {
    throw new LatentkitError('E_BACKEND', `projectInWorker: no worker can start here: ${cause}`, {
      fix: "Run on this thread by createProjection, or allow workers in the page's content security policy",
      cause,
    });
  }
}

// In these words bundlers find the worker's program, in both places.
function startInNode({ Worker }: NodeThreads) {
  // Plain JavaScript: flags of the program, such as --input-type or a loader, are not for it.
  return new Worker(new URL('./worker.js', import.meta.url), { execArgv: [] });
}
