import { setTimeout as wait } from 'node:timers/promises';
import { LatentkitError } from '@latentkit/core';
import type { Queue as BullQueue, QueueEvents } from 'bullmq';
import { checkJob, type Job, jobId } from '../../job.ts';
import type { JobOutcome, JobQueue, JobStatus } from '../../job-queue.ts';
import { checkEnqueueOptions, checkWorkOptions, DEFAULT_ATTEMPTS } from '../check-options.ts';
import type { StoredResult } from '../job-store.ts';
import type { BullData } from './bull-data.ts';
import { describeRow, type Row } from './describe-row.ts';
import { connectionOf, loadBull } from './load-bull.ts';
import type { OpenJobQueueOptions } from './open-options.ts';
import { parseQueueUrl, type QueueAddress } from './queue-address.ts';
import { createReach, firstAnswer } from './reach-server.ts';
import { workOnBull } from './work-on-bull.ts';

const AT_ONCE = 100; // requests under way
const LOOK_AGAIN = 2_000; // ms: events may be lost with a connection
const DAY = 24 * 3600; // s
const LISTS = ['waiting', 'prioritized', 'delayed', 'active', 'completed', 'failed'] as const;
/** A job that failed by a fault is not the next one at once: another worker may take it. */
const BACKOFF = { type: 'fixed', delay: 250 };

/**
 * A queue on a server that many machines see, by BullMQ: Redis, Valkey or PostgreSQL.
 *
 * @throws `E_USAGE` for an address that is none, and where the peers are not installed; `E_NETWORK` where nobody answers.
 */
export async function openBullQueue(text: string, options: OpenJobQueueOptions = {}): Promise<JobQueue> {
  const { name = 'latentkit', tls, telemetry, lockSeconds = 30, patience = 10, onNotice } = options;
  const address = parseQueueUrl(text);
  const bull = await loadBull(address);
  const backend = address.kind === 'postgres' ? (bull.createPostgresBackend as never) : undefined;
  const base = {
    connection: connectionOf(address, tls),
    ...(telemetry && { telemetry: await loadTelemetry(name) }),
  };
  const closing = new AbortController();
  const { notice, patiently } = createReach(address, closing.signal, onNotice);

  const queue: BullQueue<BullData> = await openServed(
    address,
    patience,
    () => new bull.Queue(name, base, backend),
  );
  queue.on('error', notice);
  const underWay = new Set<Promise<void>>();
  let events: QueueEvents | undefined;
  const openEvents = () => {
    if (events) return events;
    const { telemetry: _, ...plain } = base;
    events = new bull.QueueEvents(name, plain, backend);
    events.on('error', notice);
    events.setMaxListeners(0);
    return events;
  };

  const find = (id: string): Promise<Row | undefined> => patiently(() => queue.getJob(id));
  // The state first: what is read of a row afterwards belongs to that state, or to one that came after it.
  const look = async (id: string): Promise<{ row: Row; status: JobStatus } | undefined> => {
    const state = await patiently(() => queue.getJobState(id));
    const row = state === 'unknown' ? undefined : await find(id);
    return row && { row, status: describeRow(row, state) };
  };
  const known = async (id: string): Promise<string> => {
    if (await find(id)) return id;
    throw new LatentkitError('E_NOT_FOUND', `the queue knows no job ${id}`, { fix: 'Enqueue it first' });
  };
  const outcomeOf = async (id: string): Promise<JobOutcome | undefined> => {
    const found = await look(id);
    if (!found) {
      throw new LatentkitError('E_NOT_FOUND', `job ${id} was taken off the queue`, {
        fix: 'Enqueue it again',
      });
    }
    const { state, error } = found.status;
    if (state === 'done') {
      const { value, files } = found.row.returnvalue as StoredResult;
      return { id, state, value, files };
    }
    if (state === 'failed') return { id, state, error: error! };
    return state === 'cancelled' ? { id, state } : undefined;
  };

  return {
    async enqueue(jobs, given = {}) {
      const { attempts = DEFAULT_ATTEMPTS } = checkEnqueueOptions(given);
      const checked = jobs.map((job, i) => checkJob(job, `jobs[${i}]`));
      const ids = await Promise.all(checked.map(jobId));
      const wanted = new Map<string, Job>(ids.map((id, i) => [id, checked[i]!]));
      await inChunks([...wanted.keys()], async (id) => {
        const found = await look(id);
        const isOver = found && ['failed', 'cancelled'].includes(found.status.state);
        if (isOver) await patiently(() => found.row.remove());
        else if (found) wanted.delete(id);
      });
      const rows = [...wanted].map(([id, job]) => ({
        name: job.kind,
        data: { job },
        opts: {
          jobId: id,
          attempts,
          backoff: BACKOFF,
          removeOnComplete: { age: 30 * DAY },
          removeOnFail: { age: 30 * DAY },
        },
      }));
      for (let at = 0; at < rows.length; at += AT_ONCE) {
        await patiently(() => queue.addBulk(rows.slice(at, at + AT_ONCE)));
      }
      return ids;
    },
    work(given) {
      const { signal } = checkWorkOptions(given);
      const over = AbortSignal.any([closing.signal, ...(signal ? [signal] : [])]);
      const working = workOnBull(
        { ...given, signal: over },
        { bull, backend, base, name, notice, queue, lockSeconds },
      );
      underWay.add(working);
      return working.finally(() => underWay.delete(working));
    },
    async progress(ids) {
      if (ids) return (await inChunks(ids, look)).flatMap((found) => found?.status ?? []);
      const all = await inChunks(LISTS, async (list) => {
        const rows: (Row | undefined)[] = await patiently(() => queue.getJobs([list], 0, -1, true));
        return rows.flatMap((row) => (row ? describeRow(row, list) : []));
      });
      return [...new Map(all.flat().map((status) => [status.id, status])).values()];
    },
    async cancel(ids) {
      await inChunks(ids, known);
      await inChunks(ids, async (id) => {
        const { row, status } = (await look(id))!;
        if (status.state !== 'waiting' && status.state !== 'running') return;
        await patiently(() => row.updateData({ ...row.data!, isCancelled: true }));
      });
    },
    async *results(ids, { signal } = {}) {
      signal?.throwIfAborted();
      const left = new Set(ids);
      await inChunks(ids, known);
      const ended: string[] = [];
      let wake = () => {};
      const hear = ({ jobId: id }: { jobId: string }) => {
        if (!left.has(id)) return;
        ended.push(id);
        wake();
      };
      const heard = openEvents().on('completed', hear).on('failed', hear);
      await patiently(() => heard.waitUntilReady());
      try {
        let asked = [...left]; // what ended before we listened
        while (left.size > 0) {
          for (const outcome of await inChunks(asked, outcomeOf)) {
            if (outcome && left.delete(outcome.id)) yield outcome;
          }
          signal?.throwIfAborted();
          if (left.size === 0) break;
          if (ended.length === 0) await woken((resolve) => (wake = resolve), signal);
          asked = ended.length > 0 ? ended.splice(0) : [...left];
        }
      } finally {
        heard.off('completed', hear).off('failed', hear);
      }
    },
    async close() {
      closing.abort();
      await Promise.allSettled(underWay);
      await Promise.allSettled([events?.close(), queue.close()]);
    },
  };
}

async function inChunks<In, Out>(items: readonly In[], ask: (item: In) => Promise<Out>): Promise<Out[]> {
  const answers: Out[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    answers.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(ask))));
  }
  return answers;
}

/** Until something ended, or for as long as an event may have been lost. */
async function woken(listen: (resolve: () => void) => void, signal: AbortSignal | undefined): Promise<void> {
  const over = new AbortController();
  const stop = () => over.abort();
  listen(stop);
  signal?.addEventListener('abort', stop);
  await wait(LOOK_AGAIN, undefined, { signal: over.signal }).catch(() => undefined);
  signal?.removeEventListener('abort', stop);
}

async function openServed<Served extends Parameters<typeof firstAnswer>[1] & { close(): Promise<void> }>(
  address: QueueAddress,
  patience: number,
  open: () => Served,
): Promise<Served> {
  const served = open();
  try {
    await firstAnswer(address, served, patience);
    return served;
  } catch (error) {
    void served.close().catch(() => undefined);
    throw error;
  }
}

async function loadTelemetry(name: string) {
  try {
    const { BullMQOtel } = await import('bullmq-otel');
    return new BullMQOtel({ tracerName: name, meterName: name, enableMetrics: true });
  } catch (cause) {
    throw new LatentkitError('E_USAGE', 'telemetry needs bullmq-otel, which is not installed', {
      fix: 'npm install bullmq-otel',
      cause,
    });
  }
}
