import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { LatentkitError } from '@latentkit/core';
import { diskError, makeFolders } from '@latentkit/formats/node';
import { checkJob, type Job, jobId } from '../job.ts';
import type { JobEvent, JobOutcome, JobQueue, JobStatus, WorkOptions } from '../job-queue.ts';
import { checkEnqueueOptions, checkWorkOptions, DEFAULT_ATTEMPTS } from './check-options.ts';
import { type Answer, createJobChild, type JobChild } from './job-child.ts';
import { createRest } from './rest.ts';

const REST = 1000; // ms at most: nobody else is there to take the jobs

interface Entry {
  readonly id: string;
  readonly job: Job;
  most: number;
  status: JobStatus;
  outcome?: JobOutcome;
  /** Ends the attempt under way. */
  stop?: AbortController;
  isCancelled?: boolean;
}

/**
 * A queue in this process's memory, whose jobs are done by child processes of this machine: no server, nothing to install. What is
 * done lies in the folder, so that the same jobs are free after a crash too.
 *
 * @example
 * const queue = createPoolQueue();
 * const [id] = await queue.enqueue([{ kind: 'square', payload: { of: 7 }, codeVersion: '1' }]);
 */
export function createPoolQueue(): JobQueue {
  const entries = new Map<string, Entry>();
  const waiting = new Set<Entry>();
  const news = new EventEmitter().setMaxListeners(0); // 'waiting'; 'ended' with an entry
  const closing = new AbortController();

  const put = (entry: Entry) => {
    waiting.add(entry);
    news.emit('waiting');
  };
  const end = (entry: Entry, outcome: JobOutcome) => {
    const { state } = outcome;
    entry.outcome = outcome;
    entry.status = { ...entry.status, state, ...(outcome.state === 'failed' && { error: outcome.error }) };
    news.emit('ended', entry);
  };

  async function doJob(entry: Entry, child: JobChild, signal: AbortSignal, onEvent: WorkOptions['onEvent']) {
    const { id, job } = entry;
    const attempts = entry.status.attempts + 1;
    const began = performance.now();
    const stop = new AbortController();
    const tell = (event: Pick<JobEvent, 'type' | 'progress' | 'error' | 'seconds'>) =>
      onEvent?.({ id, kind: job.kind, attempt: attempts, ...event });
    entry.stop = stop;
    const leave = () => stop.abort();
    signal.addEventListener('abort', leave); // AbortSignal.any would keep something of every job for as long as the work lasts
    if (signal.aborted) leave();
    entry.status = { ...entry.status, state: 'running', attempts, error: undefined };
    tell({ type: 'started' });
    const answer = await child.run(id, job, {
      signal: stop.signal,
      onProgress(progress) {
        entry.status = { ...entry.status, progress };
        tell({ type: 'progress', progress });
      },
    });
    entry.stop = undefined;
    signal.removeEventListener('abort', leave);
    const seconds = (performance.now() - began) / 1000;
    if (entry.isCancelled && answer.type !== 'done') {
      end(entry, { id, state: 'cancelled' });
      tell({ type: 'cancelled', seconds });
    } else if (answer.type === 'done') {
      end(entry, { id, state: 'done', value: answer.value, files: answer.files });
      tell({ type: 'done', seconds });
    } else if (answer.type === 'stopped') {
      entry.status = { ...entry.status, state: 'waiting', attempts: attempts - 1 };
      put(entry);
      tell({ type: 'stopped', seconds });
    } else if (answer.isFinal || attempts >= entry.most) {
      end(entry, { id, state: 'failed', error: answer.error });
      tell({ type: 'failed', error: answer.error, seconds });
    } else {
      entry.status = { ...entry.status, state: 'waiting', error: answer.error };
      put(entry);
      tell({ type: 'retried', error: answer.error, seconds });
    }
    return answer;
  }

  async function next(signal: AbortSignal): Promise<Entry | undefined> {
    while (!signal.aborted) {
      const [entry] = waiting;
      if (entry) {
        waiting.delete(entry);
        return entry;
      }
      await once(news, 'waiting', { signal }).catch(() => undefined);
    }
    return undefined;
  }

  async function workWith(options: WorkOptions, signal: AbortSignal): Promise<void> {
    const child = createJobChild(options);
    const rest = createRest(REST);
    try {
      for (let entry = await next(signal); entry; entry = await next(signal)) {
        const answer: Answer = await doJob(entry, child, signal, options.onEvent);
        const ms = rest(answer);
        if (ms > 0) await wait(ms, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      await child.end();
    }
  }

  const known = (id: string): Entry => {
    const entry = entries.get(id);
    if (entry) return entry;
    throw new LatentkitError('E_NOT_FOUND', `the queue knows no job ${id}`, { fix: 'Enqueue it first' });
  };

  return {
    async enqueue(jobs, options = {}) {
      const { attempts: most = DEFAULT_ATTEMPTS } = checkEnqueueOptions(options);
      const checked = jobs.map((job, i) => checkJob(job, `jobs[${i}]`));
      const ids = await Promise.all(checked.map(jobId));
      ids.forEach((id, i) => {
        const state = entries.get(id)?.status.state;
        if (state && state !== 'failed' && state !== 'cancelled') return;
        const job = structuredClone(checked[i]!);
        const entry: Entry = { id, job, most, status: { id, kind: job.kind, state: 'waiting', attempts: 0 } };
        entries.set(id, entry);
        put(entry);
      });
      return ids;
    },
    async work(options) {
      const { folder, children = 1, signal } = checkWorkOptions(options);
      await makeFolders(folder).catch((error: unknown) => {
        throw diskError(folder, error);
      });
      const over = AbortSignal.any([closing.signal, ...(signal ? [signal] : [])]);
      await Promise.all(Array.from({ length: children }, () => workWith(options, over)));
    },
    async progress(ids = [...entries.keys()]) {
      return ids.flatMap((id) => entries.get(id)?.status ?? []);
    },
    async cancel(ids) {
      for (const entry of ids.map(known)) {
        if (entry.outcome || entry.isCancelled) continue;
        entry.isCancelled = true;
        if (waiting.delete(entry)) end(entry, { id: entry.id, state: 'cancelled' });
        else entry.stop?.abort();
      }
    },
    async *results(ids, { signal } = {}) {
      signal?.throwIfAborted();
      const asked = new Set(ids.map(known));
      const ended = [...asked].filter(({ outcome }) => outcome);
      const hear = (entry: Entry) => asked.has(entry) && ended.push(entry);
      news.on('ended', hear);
      try {
        for (let given = 0; given < asked.size; given++) {
          while (given >= ended.length) {
            await once(news, 'ended', { signal }).catch((error: unknown) => {
              signal?.throwIfAborted(); // with its reason, where Node has an error of its own
              throw error;
            });
          }
          yield ended[given]!.outcome!;
        }
      } finally {
        news.off('ended', hear);
      }
    },
    async close() {
      closing.abort();
    },
  };
}
