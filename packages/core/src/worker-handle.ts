/** A worker of `node:worker_threads`, as far as it is used; Node's own types would be asked of everyone who imports these. */
interface NodeWorker {
  on(event: string, listener: (value: never) => void): unknown;
  postMessage(message: unknown, moved?: readonly ArrayBuffer[]): void;
  ref(): void;
  unref(): void;
  terminate(): unknown;
}

/** The part of `node:worker_threads` that is used. */
export interface NodeThreads {
  readonly Worker: new (
    file: URL,
    options: { execArgv: string[]; resourceLimits?: { maxYoungGenerationSizeMb: number } },
  ) => NodeWorker;
  readonly parentPort: Pick<NodeWorker, 'on' | 'postMessage'> | null;
}

/** Node's worker threads; undefined in browsers, for which nothing may import them. */
export const nodeThreads = (): NodeThreads | undefined =>
  globalThis.process?.getBuiltinModule?.('node:worker_threads') as unknown as NodeThreads | undefined;

/** A worker under way, of whichever kind. */
export interface WorkerHandle<Sent> {
  /** @param moved buffers that are moved rather than copied. */
  post(message: Sent, moved?: ArrayBuffer[]): void;
  /** Whether the process must wait for this worker; nothing in browsers. */
  keepAlive(on: boolean): void;
  end(): void;
}

/** What happens to a worker. */
export interface WorkerEvents<Received> {
  message(message: Received): void;
  /** It ended by itself, or said what cannot be read: nobody is to wait for it any longer. */
  died(reason: string): void;
}

// A page is not told more than that there was an error.
const NOT_LOADED =
  'its file could not be loaded; serve what the bundler makes of new Worker(new URL(...)), and allow it in worker-src of the content security policy';

/**
 * What a thread needs of a worker that it has started, of `node:worker_threads` and Web Workers alike. The worker itself is
 * made where its file lies, in the words that bundlers look for.
 *
 * @example
 * const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
 * const handle = handleOf(worker, { message: show, died: report });
 * handle.post('begin');
 */
export function handleOf<Sent, Received>(
  worker: NodeWorker | Worker,
  { message, died }: WorkerEvents<Received>,
): WorkerHandle<Sent> {
  if ('addEventListener' in worker) {
    worker.addEventListener('message', ({ data }) => message(data));
    worker.addEventListener('messageerror', () => died('an answer could not be read'));
    worker.addEventListener('error', (event) => died(event.message || NOT_LOADED));
    return {
      post: (sent, moved = []) => worker.postMessage(sent, moved),
      keepAlive() {},
      end: () => worker.terminate(),
    };
  }
  worker.on('message', message);
  worker.on('messageerror', (error: Error) => died(`an answer could not be read: ${error.message}`));
  worker.on('error', (error: Error) => died(error.message));
  worker.on('exit', (code: number) => died(`it exited with code ${code}`));
  worker.unref();
  return {
    post: (sent, moved = []) => worker.postMessage(sent, moved),
    keepAlive: (on) => (on ? worker.ref() : worker.unref()),
    end: () => void worker.terminate(),
  };
}

/** What a worker's program talks through to whoever started it. */
export interface WorkerPort<Sent, Received> {
  post(message: Sent, moved?: ArrayBuffer[]): void;
  listen(receive: (message: Received) => void): void;
}

/** The port of the worker in which this runs, of either kind. */
export function openWorkerPort<Sent, Received>(): WorkerPort<Sent, Received> {
  const parent = nodeThreads()?.parentPort;
  if (parent) {
    return {
      post: (message, moved = []) => parent.postMessage(message, moved),
      listen: (receive) => parent.on('message', receive),
    };
  }
  const scope = globalThis as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>;
  return {
    post: (message, moved = []) => scope.postMessage(message, moved),
    listen: (receive) => scope.addEventListener('message', ({ data }) => receive(data)),
  };
}
