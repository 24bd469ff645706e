import { LatentkitError, unpackError } from '@latentkit/core';
import type { RunOptions } from '../projection.ts';
import type { MethodRow } from '../projection-method.ts';
import { MAP_SECONDS } from '../run-projection.ts';
import type { FromWorker, Request, Snapshot } from './messages.ts';
import { spawnWorker } from './spawn-worker.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  readonly timer: ReturnType<typeof setTimeout> | undefined;
}

interface AskOptions {
  /** Buffers that are moved rather than copied. */
  moved?: ArrayBuffer[];
  /** Whether the time limit holds for this. */
  isLimited?: boolean;
}

/** A worker that is asked things. */
export interface WorkerLine {
  /** What was last heard of the projection; undefined before it is there. */
  readonly snapshot: Snapshot | undefined;
  /** The worker's answer. */
  ask(request: Request, options?: AskOptions): Promise<unknown>;
  /** Asks it to run, until it is done or `signal` is aborted. */
  run(options: RunOptions): Promise<void>;
  close(): void;
}

/** Starts a worker. */
export function createWorkerLine(row: MethodRow, timeLimitSeconds: number | undefined): WorkerLine {
  const method = row.name;
  const waiting = new Map<number, Waiting>();
  let next = 0;
  let over: LatentkitError | undefined;
  let snapshot: Snapshot | undefined;
  /** Of the run under way. */
  let listener: ((message: FromWorker) => void) | undefined;

  const settle = (id: number, use: (one: Waiting) => void) => {
    const one = waiting.get(id);
    if (!one) return;
    waiting.delete(id);
    clearTimeout(one.timer);
    if (waiting.size === 0) worker.keepAlive(false);
    use(one);
  };
  const end = (error: LatentkitError) => {
    if (over) return;
    over = error;
    worker.end();
    for (const id of [...waiting.keys()]) settle(id, ({ reject }) => reject(error));
  };
  const receive = (message: FromWorker) => {
    if (message.type === 'map') snapshot = { ...snapshot!, progress: message.progress };
    else if (message.type !== 'failed') snapshot = { ...snapshot, ...message.snapshot };
    if (message.type === 'progress' || message.type === 'map') listener?.(message);
    else if (message.type === 'done') settle(message.id, ({ resolve }) => resolve(message.value));
    else settle(message.id, ({ reject }) => reject(unpackError(message.error)));
  };
  const worker = spawnWorker(row, {
    message: receive,
    died: (reason) =>
      end(
        new LatentkitError('E_BACKEND', `projectInWorker: the worker of '${method}' died: ${reason}`, {
          fix: 'Start again; with fewer points if memory was short',
        }),
      ),
  });

  function ask(request: Request, { moved = [], isLimited = false }: AskOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (over) {
        reject(over);
        return;
      }
      const id = next++;
      try {
        worker.post({ id, request }, moved);
      } catch (error) {
        reject(
          new LatentkitError('E_USAGE', `projectInWorker: ${(error as Error).message}`, {
            fix: 'Options must be plain data, without functions',
          }),
        );
        return;
      }
      const timer =
        isLimited && timeLimitSeconds !== undefined
          ? setTimeout(() => end(tookTooLong(method, request, timeLimitSeconds)), 1000 * timeLimitSeconds)
          : undefined;
      waiting.set(id, { resolve, reject, timer });
      worker.keepAlive(true);
    });
  }

  return {
    get snapshot() {
      return snapshot;
    },
    ask,
    async run({ signal, onProgress, onMap, mapSeconds = MAP_SECONDS }) {
      const { promise: aborted, reject } = Promise.withResolvers<never>();
      const stopBy = (reason: unknown) => {
        if (!over) worker.post({ type: 'stop' });
        reject(reason);
      };
      const stop = () => stopBy(signal?.reason);
      const listen = (message: FromWorker) => {
        try {
          if (message.type === 'progress') onProgress?.(message.snapshot.progress);
          else if (message.type === 'map') onMap?.(message.embedding, message.progress);
        } catch (error) {
          stopBy(error);
        }
      };
      listener = listen;
      signal?.addEventListener('abort', stop, { once: true });
      const answer = ask({ type: 'run', ...(onMap && { mapSeconds }) }, { isLimited: true });
      try {
        await Promise.race([answer, aborted]);
      } finally {
        signal?.removeEventListener('abort', stop);
        if (listener === listen) listener = undefined;
        answer.catch(() => {}); // that it was stopped has been said
      }
    },
    close() {
      end(new LatentkitError('E_USAGE', 'projectInWorker: it was closed'));
    },
  };
}

function tookTooLong(method: string, { type }: Request, seconds: number): LatentkitError {
  return new LatentkitError(
    'E_LIMIT',
    `projectInWorker: ${type} of '${method}' took longer than ${seconds} s, and the worker was ended`,
    { fix: 'Raise timeLimitSeconds, or take fewer points' },
  );
}
