import { LatentkitError, type WorkerHandle } from '@latentkit/core';
import { type Arithmetic, createNnKernels, type Tile } from '@latentkit/kernels/nn';
import { CONTROL_BYTES, createBarrier, resetClaims } from './barrier.ts';
import { createCallBox } from './calls.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import type { Pool } from './pool.ts';
import { createPrivateMemory } from './private-memory.ts';
import { spawnWorker } from './spawn-worker.ts';
import { createThread } from './thread.ts';

export interface WorkerPoolOptions {
  /** Shared. */
  memory: WebAssembly.Memory;
  /** Pointer to `CONTROL_BYTES` zeros. */
  control: number;
  /** Pointer to `CALL_BYTES` zeros. */
  calls: number;
  /** Threads in all. */
  workers: number;
  tile: Tile;
  /** Strict by default. */
  arithmetic?: Arithmetic | undefined;
  /** Whether the caller's own thread is one of them, or stays free. */
  callerWorks: boolean;
}

/** A pool of several threads. */
export async function createWorkerPool({ callerWorks, ...options }: WorkerPoolOptions): Promise<Pool> {
  const { memory, workers, tile, arithmetic } = options;
  const control = new Int32Array(memory.buffer, options.control, CONTROL_BYTES / 4);
  const barrier = createBarrier(control, workers);
  const calls = createCallBox(memory.buffer, options.calls);
  const own = callerWorks ? await createThread({ memory, claims: barrier, tile, arithmetic }) : undefined;
  const nn = own?.nn ?? (await createNnKernels(createPrivateMemory(memory), { arithmetic }));
  const handles: WorkerHandle<ToWorker>[] = [];
  let over: LatentkitError | undefined;
  let waiting: { resolve(): void; reject(error: Error): void } | undefined;
  let awaited = 0;

  const keepAllAlive = (on: boolean) => {
    for (const handle of handles) handle.keepAlive(on);
  };
  const settle = (error?: Error) => {
    const { resolve, reject } = waiting ?? {};
    waiting = undefined;
    keepAllAlive(false);
    if (error) reject?.(error);
    else resolve?.();
  };
  const endAll = () => {
    for (const handle of handles) handle.end();
  };
  let isReady = false;
  const fail = (index: number, reason: string) => {
    if (over) return;
    const worker = `worker ${index + 1} of ${workers}`;
    over = isReady
      ? new LatentkitError('E_BACKEND', `accelerator: ${worker} died: ${reason}`, {
          fix: 'Go on from the last checkpoint; with workers: 1 (--workers 1) if it happens again',
        })
      : new LatentkitError('E_BACKEND', `accelerator: ${worker} could not start: ${reason}`);
    // The others may be waiting for the dead one, for good.
    endAll();
    settle(over);
  };
  const countDown = () => {
    awaited--;
    if (awaited === 0) settle();
  };
  const receive = (index: number, message: FromWorker) => {
    if (message.type === 'failed') fail(index, message.reason);
    else countDown();
  };
  /** What `begin` sets off, until `count` threads are done with it. */
  const exchange = (count: number, begin: () => void) =>
    new Promise<void>((resolve, reject) => {
      if (over) {
        reject(over);
        return;
      }
      awaited = count;
      waiting = { resolve, reject };
      begin();
      keepAllAlive(true);
    });

  await exchange(own ? workers - 1 : workers, () => {
    for (let index = own ? 1 : 0; index < workers; index++) {
      const events = {
        message: (message: FromWorker) => receive(index, message),
        died: (reason: string) => fail(index, reason),
      };
      try {
        const handle = spawnWorker(events);
        handles.push(handle);
        handle.post({ type: 'start', index, ...options });
      } catch (error) {
        fail(index, (error as Error).message);
      }
    }
  });
  isReady = true;
  const tell = (message: ToWorker) => {
    for (const handle of handles) handle.post(message);
  };
  async function doOwnShare(id: number, coefficients: readonly number[]): Promise<void> {
    if (!own) return;
    await undefined; // what the caller does before it awaits the run, such as its next batch, comes first
    const share = own.share(id, coefficients);
    while (!over && !share.next().done) await barrier.waitAsync();
    if (!over) countDown();
  }
  return {
    size: workers,
    nn,
    load(id, program) {
      own?.load(id, program);
      tell({ type: 'load', id, program });
    },
    unload(id) {
      own?.unload(id);
      tell({ type: 'unload', id });
    },
    run: (id, coefficients) =>
      exchange(1, () => {
        resetClaims(control);
        const { call, isSeen } = calls.leave({ id, coefficients }, handles.length);
        if (!isSeen) tell({ type: 'run', ...call });
        doOwnShare(id, coefficients).catch((error: Error) => fail(0, error.message));
      }),
    close() {
      over ??= new LatentkitError('E_USAGE', 'accelerator: it was closed');
      endAll();
      settle(over);
    },
  };
}
