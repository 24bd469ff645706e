import type { FromWorker, ToWorker } from './messages.ts';
import { type NodeThreads, nodeThreads } from './node-threads.ts';

/** A worker under way. */
export interface WorkerHandle {
  post(message: ToWorker): void;
  /** Whether the process must wait for this worker; a no-op in browsers. */
  keepAlive(on: boolean): void;
  end(): void;
}

/** What happens to a worker. */
export interface WorkerEvents {
  message(message: FromWorker): void;
  /** It ended by itself. */
  died(reason: string): void;
}

/** Starts a worker of the kind that this platform has. */
export function spawnWorker(events: WorkerEvents): WorkerHandle {
  const threads = nodeThreads();
  return threads ? spawnInNode(threads, events) : spawnInBrowser(events);
}

function spawnInNode({ Worker }: NodeThreads, { message, died }: WorkerEvents): WorkerHandle {
  // Plain JavaScript: flags of the program, such as --input-type or a loader, are not for it.
  const worker = new Worker(new URL('./worker.js', import.meta.url), { execArgv: [] });
  worker.on('message', message);
  worker.on('error', (error: Error) => died(error.message));
  worker.on('exit', (code) => died(`it exited with code ${code}`));
  worker.unref();
  return {
    post: (sent) => worker.postMessage(sent),
    keepAlive: (on) => (on ? worker.ref() : worker.unref()),
    end: () => void worker.terminate(),
  };
}

// A page is not told more.
const NOT_LOADED =
  'its file could not be loaded; serve what the bundler makes of new Worker(new URL(...)), and allow it in worker-src of the content security policy';

function spawnInBrowser({ message, died }: WorkerEvents): WorkerHandle {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }) => message(data));
  worker.addEventListener('error', (event) => died(event.message || NOT_LOADED));
  return { post: (sent) => worker.postMessage(sent), keepAlive() {}, end: () => worker.terminate() };
}
