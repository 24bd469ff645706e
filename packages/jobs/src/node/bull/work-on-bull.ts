import { LatentkitError, packError } from '@latentkit/core';
import { diskError, makeFolders } from '@latentkit/formats/node';
import type { Queue as BullQueue } from 'bullmq';
import { checkJob, type Job, jobId } from '../../job.ts';
import type { JobEvent, WorkOptions } from '../../job-queue.ts';
import { type Answer, createJobChild, type JobChild } from '../job-child.ts';
import { createRest } from '../rest.ts';
import type { BullData, BullProgress } from './bull-data.ts';
import type { Row } from './describe-row.ts';
import type { Bull, Connection } from './load-bull.ts';

interface Tools {
  readonly bull: Bull;
  readonly backend: undefined;
  readonly base: Connection;
  readonly name: string;
  readonly queue: BullQueue<BullData>;
  readonly lockSeconds: number;
  notice(error: Error): void;
}

/** A worker's death is no fault of its job, unless it happens each time. */
const MOST_STALLS = 20;
const MOST_STARTS = 200;
const LOOK_WHETHER_CANCELLED = 1000; // ms

/** Works on a queue's jobs until the signal. */
export async function workOnBull(work: WorkOptions, tools: Tools): Promise<void> {
  const { folder, children = 1, signal, onEvent } = work;
  const { bull, backend, base, name, notice, queue, lockSeconds } = tools;
  await makeFolders(folder).catch((error: unknown) => {
    throw diskError(folder, error);
  });
  if (signal!.aborted) return;
  const idle: JobChild[] = Array.from({ length: children }, () => createJobChild(work));
  const crew = [...idle];
  const stops = new Map<string, AbortController>();
  const rest = createRest();

  const worker = new bull.Worker<BullData | undefined>(
    name,
    process,
    {
      ...base,
      concurrency: children,
      lockDuration: lockSeconds * 1000,
      stalledInterval: lockSeconds * 1000,
      maxStalledCount: MOST_STALLS,
      maxStartedAttempts: MOST_STARTS,
      drainDelay: 1,
    },
    backend,
  );
  worker.on('error', notice);
  // Somebody else has the job by now: what is made here would come second.
  worker.on('lockRenewalFailed', (ids) => ids.forEach((id) => void stops.get(id)?.abort()));

  async function process(row: Row, token?: string) {
    const began = performance.now();
    const id = row.id!;
    const attempt = row.attemptsStarted;
    const tell = (event: Pick<JobEvent, 'type' | 'progress' | 'error' | 'seconds'>) =>
      onEvent?.({ id, kind: row.name, attempt, ...event });
    const seconds = () => (performance.now() - began) / 1000;
    tell({ type: 'started' });
    const answer = row.data?.isCancelled ? stopped : await doJob(row, tell);
    if (answer.type === 'done') {
      tell({ type: 'done', seconds: seconds() });
      return { value: answer.value, files: answer.files };
    }
    if (answer.type === 'failed') {
      const { error } = answer;
      // The next job is taken when this one is put down: so it is said before.
      const ms = rest(answer);
      if (ms > 0) void takeRest(ms);
      const isLast = answer.isFinal || row.attemptsMade + 1 >= (row.opts.attempts ?? 1);
      const said = { ...(row.progress as BullProgress), error } satisfies BullProgress;
      await row.updateProgress(said).catch(notice);
      tell({ type: isLast ? 'failed' : 'retried', error, seconds: seconds() });
      throw answer.isFinal ? new bull.UnrecoverableError(error.message) : new Error(error.message);
    }
    const isCancelled = row.data?.isCancelled || (await isCancelledNow(id));
    tell({ type: isCancelled ? 'cancelled' : 'stopped', seconds: seconds() });
    if (isCancelled) throw new bull.UnrecoverableError('cancelled');
    await row.moveToWait(token);
    throw new bull.WaitingError();
  }

  async function doJob(row: Row, tell: (event: Pick<JobEvent, 'type' | 'progress'>) => void) {
    const id = row.id!;
    let job: Job;
    try {
      job = await checkRow(row);
    } catch (error) {
      return { type: 'failed', error: packError(error), isFinal: true } as const;
    }
    const stop = new AbortController();
    stops.set(id, stop);
    if (signal!.aborted) stop.abort();
    const child = idle.pop()!;
    const looking = setInterval(async () => {
      if (await isCancelledNow(id)) stop.abort();
    }, LOOK_WHETHER_CANCELLED);
    try {
      return await child.run(id, job, {
        signal: stop.signal,
        onProgress(progress) {
          row.updateProgress({ progress } satisfies BullProgress).catch(notice);
          tell({ type: 'progress', progress });
        },
      });
    } finally {
      clearInterval(looking);
      stops.delete(id);
      idle.push(child);
    }
  }

  async function isCancelledNow(id: string): Promise<boolean> {
    const row: Row | undefined = await queue.getJob(id).catch(() => undefined);
    return row?.data?.isCancelled ?? false;
  }

  async function takeRest(ms: number): Promise<void> {
    await worker.pause(true);
    setTimeout(() => void worker.resume(), ms).unref();
  }

  await new Promise((resolve) => signal!.addEventListener('abort', resolve, { once: true }));
  for (const stop of stops.values()) stop.abort();
  await worker.close();
  await Promise.all(crew.map((child) => child.end()));
}

const stopped: Answer = { type: 'stopped' };

/** What a server gives may come from anybody who has its password. */
async function checkRow(row: Row): Promise<Job> {
  const job = checkJob(row.data?.job, 'the job');
  const id = await jobId(job);
  if (row.id === id && row.name === job.kind) return job;
  throw new LatentkitError('E_CHECKSUM', 'the job is not what its id says', {
    fix: 'Jobs are handed in by enqueue, which makes their ids',
  });
}
