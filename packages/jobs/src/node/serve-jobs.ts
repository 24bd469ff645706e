import { type ErrorCode, LatentkitError, packError, shorten } from '@latentkit/core';
import { checkBy, type Schema } from '@latentkit/core/schema';
import { diskError } from '@latentkit/formats/node';
import type { JobData, Json } from '../job.ts';
import { type Attempt, type JobCheckpoint, openAttempt, readResult } from './job-store.ts';
import type { FromChild, ToChild } from './messages.ts';

/** What a job's program has to do its work with. */
export interface JobContext<Payload> {
  readonly payload: Payload;
  readonly seed: number | undefined;
  readonly data: JobData | undefined;
  /** Empty, this attempt's own: what belongs to the result is written here. */
  readonly folder: string;
  /** What an earlier attempt saved. */
  readonly checkpoint: JobCheckpoint | undefined;
  /** Aborts when the job is cancelled, or left for another worker: save and throw. */
  readonly signal: AbortSignal;
  /** Keeps a copy of a folder, so that another attempt, on another machine too, goes on from there. */
  saveCheckpoint(from: string, order: number): Promise<void>;
  /** Says how far it is; a few of them a second are passed on. */
  progress(progress: Json): void;
}

/** What comes of a job: the same for the same job, on each machine; no times, no names of hosts. */
export interface JobResult {
  /** A few kilobytes at most: it goes through the queue. */
  readonly value: Json;
  /** Paths in the job's folder whose bytes belong to the result. Other files may lie beside them. */
  readonly files?: readonly string[];
}

/** A kind of job. */
export interface JobKind<Payload = unknown> {
  readonly kind: string;
  /** What its payload may hold. */
  readonly payload: Schema<Payload>;
  run(context: JobContext<Payload>): Promise<JobResult>;
}

export interface ServeJobsOptions {
  /** The program's version: jobs of another are refused. */
  codeVersion: string;
}

/** Another machine, or another moment, may have more luck. */
const PASSING: readonly ErrorCode[] = ['E_IO', 'E_NETWORK', 'E_NOT_FOUND', 'E_BACKEND'];
const TELL_EACH = 200; // ms

/**
 * The program of a worker's child process: does the jobs that its worker sends, one after the other. What a job asks for is checked
 * before anything is done, and a job that is done already is answered from the store.
 *
 * @throws `E_USAGE` outside of a worker's child process.
 * @example
 * serveJobs([{ kind: 'square', payload: fields({ of: whole(0) }), run: async ({ payload }) => ({ value: payload.of ** 2 }) }], {
 *   codeVersion: '1',
 * });
 */
// biome-ignore lint/suspicious/noExplicitAny: each kind has a payload of its own
export function serveJobs(kinds: readonly JobKind<any>[], { codeVersion }: ServeJobsOptions): void {
  if (!process.send) {
    throw new LatentkitError('E_USAGE', 'serveJobs: this process has no worker that sends it jobs', {
      fix: "Name this program as the work's: queue.work({ program })",
    });
  }
  let underWay: AbortController | undefined;
  process.on('disconnect', () => process.exit(1)); // the worker died: somebody else has the job by now
  process.on('SIGINT', () => undefined); // Ctrl-C reaches all of a terminal's processes; the worker says what to do
  process.on('message', (message: ToChild) => {
    if (message.type === 'stop') return underWay?.abort();
    tell({ type: 'begun' });
    underWay = new AbortController();
    void doJob(kinds, codeVersion, message, underWay.signal).then((answer) => {
      underWay = undefined;
      tell(answer);
    });
  });
}

const tell = (message: FromChild) => void process.send?.(message);

async function doJob(
  kinds: readonly JobKind[],
  codeVersion: string,
  { id, job, folder }: Extract<ToChild, { type: 'job' }>,
  signal: AbortSignal,
): Promise<FromChild> {
  let attempt: Attempt | undefined;
  try {
    const kind = kinds.find((one) => one.kind === job.kind);
    if (!kind) {
      throw new LatentkitError(
        'E_UNKNOWN_NAME',
        `this worker does no jobs of the kind '${shorten(job.kind)}'`,
        {
          fix: `It knows ${kinds.map((one) => one.kind).join(', ')}`,
        },
      );
    }
    if (job.codeVersion !== codeVersion) {
      throw new LatentkitError(
        'E_USAGE',
        `the job is of version ${shorten(job.codeVersion)}, and this worker is of version ${codeVersion}`,
        { fix: 'Run the same version everywhere: another may come to other bits' },
      );
    }
    const payload = checkBy(kind.payload, job.payload, `the payload of a job '${job.kind}'`);
    const known = await readResult(folder, id);
    if (known) return { type: 'done', ...known };
    attempt = await openAttempt(folder, id);
    const { value, files = [] } = await kind.run({
      payload,
      seed: job.seed,
      data: job.data,
      folder: attempt.folder,
      checkpoint: attempt.checkpoint,
      signal,
      saveCheckpoint: attempt.saveCheckpoint,
      progress: createTeller(),
    });
    signal.throwIfAborted();
    return { type: 'done', ...(await attempt.finish(value, files)) };
  } catch (thrown) {
    const error = isOfDisk(thrown) ? diskError(folder, thrown) : thrown;
    const { code } = error as LatentkitError;
    // What differs from another's result stays, to be looked at.
    if (code !== 'E_CHECKSUM') await attempt?.discard().catch(() => undefined);
    if (signal.aborted) return { type: 'stopped' };
    const isFinal = error instanceof LatentkitError && !PASSING.includes(code);
    return { type: 'failed', error: packError(error), isFinal };
  }
}

/** What the system says of a disk to a program that has no better words. */
function isOfDisk(error: unknown): boolean {
  const { code = '' } = (error ?? {}) as NodeJS.ErrnoException;
  return ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EIO', 'EACCES', 'EPERM'].includes(code);
}

/** Tells the newest of what comes, at once and then a few times a second. */
function createTeller(): (progress: Json) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    if (now - last < TELL_EACH) return;
    last = now;
    tell({ type: 'progress', progress });
  };
}
