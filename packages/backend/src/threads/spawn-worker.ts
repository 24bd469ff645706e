import {
  handleOf,
  type NodeThreads,
  nodeThreads,
  type WorkerEvents,
  type WorkerHandle,
} from '@latentkit/core';
import type { FromWorker, ToWorker } from './messages.ts';

/** Starts a worker of the kind that this platform has. */
export function spawnWorker(events: WorkerEvents<FromWorker>): WorkerHandle<ToWorker> {
  const threads = nodeThreads();
  if (threads) {
    return handleOf(startInNode(threads), events);
  }
  return handleOf(new Worker(new URL('./backend-worker.js', import.meta.url), { type: 'module' }), events);
}

// In these words bundlers find the worker's program, in both places.
function startInNode({ Worker }: NodeThreads) {
  return new Worker(new URL('./backend-worker.js', import.meta.url), {
    // Plain JavaScript: flags of the program, such as --input-type or a loader, are not for it.
    execArgv: [],
    // Its numbers lie in shared memory, and what it makes besides is short-lived: room for more would be taken for nothing.
    resourceLimits: { maxYoungGenerationSizeMb: 1 },
  });
}
