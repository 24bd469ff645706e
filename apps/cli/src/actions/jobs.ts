import { setTimeout as wait } from 'node:timers/promises';
import { LatentkitError } from '@latentkit/core';
import type { JobQueue, JobState, JobStatus } from '@latentkit/jobs';
import { formatCount, formatTable, runCommand } from '@latentkit/terminal';
import { openQueue, type QueueOptions, requireQueue } from '../jobs/queue-options.ts';

export interface JobsOptions extends QueueOptions {
  watch?: boolean;
  all?: boolean;
  cancel?: string[];
  json?: boolean;
}

const STATES: readonly JobState[] = ['running', 'waiting', 'done', 'failed', 'cancelled'];
const CLEAR = '\x1b[H\x1b[2J\x1b[3J';
const EACH = 1000; // ms

/** Shows what is on a queue, once or again and again, or stops some of it. */
export async function jobs(options: JobsOptions): Promise<void> {
  const { watch = false, all = false, cancel, json = false } = options;
  requireQueue('jobs', options);
  await runCommand({ json: true, leaves: '' }, async ({ signal, note }) => {
    const queue = await openQueue(options, note);
    try {
      if (cancel) await cancelJobs(queue, cancel);
      do {
        const found = await queue.progress();
        const text = json ? found.map((job) => `${JSON.stringify(job)}\n`).join('') : tableOf(found, all);
        process.stdout.write(watch && process.stdout.isTTY && !json ? CLEAR + text : text);
        if (watch) await wait(EACH, undefined, { signal }).catch(() => undefined);
      } while (watch && !signal.aborted);
    } finally {
      await queue.close();
    }
  });
}

/** By how an id begins, as tables show it. */
async function cancelJobs(queue: JobQueue, beginnings: readonly string[]): Promise<void> {
  const known = await queue.progress();
  const ids = beginnings.map((beginning) => {
    const found = known.filter(({ id }) => id.startsWith(beginning));
    if (found.length === 1) return found[0]!.id;
    throw new LatentkitError(
      found.length === 0 ? 'E_NOT_FOUND' : 'E_USAGE',
      `${formatCount(found.length)} jobs of the queue begin with '${beginning}'`,
      { fix: 'Give more of the id: jobs --all shows what there is' },
    );
  });
  await queue.cancel(ids);
}

/** Counts of all of them, and a row for each that somebody may want to look at. */
function tableOf(found: readonly JobStatus[], all: boolean): string {
  const counts = STATES.map(
    (state) => `${formatCount(found.filter((job) => job.state === state).length)} ${state}`,
  );
  const rows = found
    .filter(({ state }) => all || state === 'running' || state === 'failed')
    .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || a.id.localeCompare(b.id));
  const lines = formatTable<JobStatus>(
    rows,
    [
      { title: 'id', align: 'left', cell: ({ id }) => id.slice(0, 12) },
      { title: 'kind', align: 'left', cell: ({ kind }) => kind },
      { title: 'state', align: 'left', cell: ({ state }) => state },
      { title: 'attempts', expendable: 1, cell: ({ attempts }) => String(attempts) },
      { title: 'how far, or why not', align: 'left', cell: wordsOf },
    ],
    { width: process.stdout.columns || 200 },
  );
  const table = rows.length > 0 ? lines : [];
  return [counts.join(', '), ...table, ''].join('\n');
}

/** Why it failed, or how far it is. */
function wordsOf({ state, error, progress }: JobStatus): string {
  if (state === 'failed') return error?.message ?? '';
  if (progress === undefined || progress === null) return '';
  if (typeof progress !== 'object' || Array.isArray(progress)) return String(progress);
  return Object.entries(progress)
    .map(
      ([name, value]) =>
        `${name} ${typeof value === 'number' ? Number(value.toPrecision(5)) : String(value)}`,
    )
    .join(', ');
}
