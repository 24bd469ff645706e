import { LatentkitError } from '@latentkit/core';
import type { FromWorker, ToWorker } from './messages.ts';
import { type NodeThreads, nodeThreads } from './node-threads.ts';

/** A worker under way. */
export interface WorkerHandle {
  post(message: ToWorker, moved?: ArrayBuffer[]): void;
  /** Whether the process must wait for this worker; a no-op in browsers. */
  hold(on: boolean): void;
  end(): void;
}

/** What happens to a worker. */
export interface WorkerEvents {
  message(message: FromWorker): void;
  /** It ended by itself. */
  died(reason: string): void;
}

/**
 * Starts a worker of the kind that this platform has.
 *
 * @throws `E_BACKEND` where it has none, or does not let it start.
 */
export function spawnWorker(events: WorkerEvents): WorkerHandle {
  const threads = nodeThreads();
  try {
    return threads ? spawnInNode(threads, events) : spawnInBrowser(events);
  } catch (cause) {
    throw new LatentkitError('E_BACKEND', `projectInWorker: no worker can start here: ${cause}`, {
      fix: "Run on this thread by createProjection, or allow workers in the page's content security policy",
      cause,
    });
  }
}

function spawnInNode({ Worker }: NodeThreads, { message, died }: WorkerEvents): WorkerHandle {
  // Plain JavaScript: flags of the program, such as --input-type or a loader, are not for it.
  const worker = new Worker(new URL('./worker.js', import.meta.url), { execArgv: [] });
  worker.on('message', message);
  worker.on('messageerror', (error: Error) => died(error.message));
  worker.on('error', (error: Error) => died(error.message));
  worker.on('exit', (code) => died(`it exited with code ${code}`));
  worker.unref();
  return {
    post: (sent, moved = []) => worker.postMessage(sent, moved),
    hold: (on) => (on ? worker.ref() : worker.unref()),
    end: () => void worker.terminate(),
  };
}

function spawnInBrowser({ message, died }: WorkerEvents): WorkerHandle {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }) => message(data));
  worker.addEventListener('messageerror', () => died('an answer could not be read'));
  worker.addEventListener('error', (event) => died(event.message || 'it could not be loaded'));
  return {
    post: (sent, moved = []) => worker.postMessage(sent, moved),
    hold() {},
    end: () => worker.terminate(),
  };
}
