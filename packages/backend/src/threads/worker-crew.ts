import { LatentkitError } from '@latentkit/core';
import type { Tile } from '@latentkit/kernels/nn';
import type { Crew } from './crew.ts';
import type { FromWorker } from './messages.ts';
import { spawnWorker, type WorkerHandle } from './spawn-worker.ts';
import { CONTROL_BYTES, resetTurns } from './turns.ts';

export interface WorkerCrewOptions {
  /** Shared. */
  memory: WebAssembly.Memory;
  /** Pointer to `CONTROL_BYTES` zeros. */
  control: number;
  workers: number;
  tile: Tile;
}

/** A crew of workers; the caller's thread stays free. */
export async function createWorkerCrew(options: WorkerCrewOptions): Promise<Crew> {
  const { memory, workers } = options;
  const control = new Int32Array(memory.buffer, options.control, CONTROL_BYTES / 4);
  const handles: WorkerHandle[] = [];
  let over: LatentkitError | undefined;
  let waiting: { resolve(): void; reject(error: Error): void } | undefined;
  let awaited = workers;

  const holdAll = (on: boolean) => {
    for (const handle of handles) handle.hold(on);
  };
  const settle = (error?: Error) => {
    const { resolve, reject } = waiting ?? {};
    waiting = undefined;
    holdAll(false);
    if (error) reject?.(error);
    else resolve?.();
  };
  const endAll = () => {
    for (const handle of handles) handle.end();
  };
  const fail = (index: number, reason: string) => {
    if (over) return;
    over = new LatentkitError('E_BACKEND', `accelerator: worker ${index + 1} of ${workers} died: ${reason}`, {
      fix: 'Go on from the last checkpoint; with --workers 1 if it happens again',
    });
    // The others may be waiting for the dead one, for good.
    endAll();
    settle(over);
  };
  const receive = (index: number, message: FromWorker) => {
    if (message.type === 'failed') return fail(index, message.reason);
    awaited--;
    if (awaited === 0) settle();
  };
  /** What `begin` sets off, until `count` answers have come. */
  const exchange = (count: number, begin: () => void) =>
    new Promise<void>((resolve, reject) => {
      if (over) {
        reject(over);
        return;
      }
      awaited = count;
      waiting = { resolve, reject };
      begin();
      holdAll(true);
    });

  await exchange(workers, () => {
    for (let index = 0; index < workers; index++) {
      const events = {
        message: (message: FromWorker) => receive(index, message),
        died: (reason: string) => fail(index, reason),
      };
      const handle = spawnWorker(events);
      handles.push(handle);
      handle.post({ type: 'start', index, ...options });
    }
  });
  const tell = (message: Parameters<WorkerHandle['post']>[0]) => {
    for (const handle of handles) handle.post(message);
  };
  return {
    size: workers,
    load: (id, program) => tell({ type: 'load', id, program }),
    unload: (id) => tell({ type: 'unload', id }),
    run: (id, coefficients) =>
      exchange(1, () => {
        resetTurns(control);
        tell({ type: 'run', id, coefficients });
      }),
    close() {
      over ??= new LatentkitError('E_USAGE', 'accelerator: it was closed');
      endAll();
      settle(over);
    },
  };
}
