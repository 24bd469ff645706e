import { readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import type { Shard } from '@latentkit/experiment/node';
import type { Job, JobQueue } from '@latentkit/jobs';
import type { CommandTools } from '@latentkit/terminal';
import { inFolder, makeOutFolder } from '../out-folder.ts';
import type { Allowed } from './allowed.ts';
import { openQueue, queueUrlOf } from './queue-options.ts';
import type { ShardOptions } from './shard-options.ts';
import { type DoneJob, watchJobs } from './watch-jobs.ts';
import { programOf } from './work-options.ts';

const STORE = 'parts';
/** Ends the names of files that are being joined. */
export const PARTIAL = '.partial';

export interface PartsOptions extends ShardOptions {
  out?: string;
  force?: boolean;
  workers?: number;
}

/** Where parts lie, and which are wanted. */
export interface Parts {
  readonly out: string;
  /** Where the parts lie until they are joined. */
  readonly store: string;
  readonly count: number;
  readonly shards: readonly Shard[];
  /** One alone: nothing is joined. */
  readonly isAlone: boolean;
  /** Does jobs, here or on the queue, and tells how far they are. */
  work(jobs: readonly Job[], what: string): Promise<DoneJob[]>;
}

/** What is said of parts before anything is done: `E_USAGE` for what cannot be together. */
export function placeOfParts(
  command: string,
  { out, store, shards, shard, ...options }: PartsOptions,
): { out: string; store: string; isTemporary: boolean } {
  const usage = (text: string, fix: string) => new LatentkitError('E_USAGE', `${command}: ${text}`, { fix });
  if (shards !== undefined && shard)
    throw usage('--shards is of all parts, and --shard of one', 'Give one of them');
  if (out === undefined || out === '-')
    throw usage('shards are written into a folder', 'Name it with --out FOLDER');
  if (shard && options.queue !== undefined) {
    throw usage('--shard does one part here, without a queue', 'Hand all in with --shards N --queue URL');
  }
  if (shards !== undefined && queueUrlOf(options) !== undefined && store === undefined) {
    throw usage(
      'with a queue the store has to be said',
      'Name the folder that all workers see with --store DIR',
    );
  }
  return { out, store: store ?? join(out, STORE), isTemporary: store === undefined };
}

/**
 * Has jobs of parts done: one of them for a scheduler that starts many machines, or all, here or by a queue. Where `use` joined them, parts
 * that nobody named a place for go.
 *
 * @throws `E_EXISTS` where anything but parts is in the folder, unless `force`.
 */
export async function doParts(
  command: string,
  options: PartsOptions & { allowed: Allowed },
  { tools, use }: { tools: CommandTools; use: (parts: Parts) => Promise<void> },
): Promise<void> {
  const { shard, allowed, force = false } = options;
  const { out, store, isTemporary } = placeOfParts(command, options);
  const { note, signal } = tools;
  await checkOut(out, force);
  await inFolder(makeOutFolder(out), doThem);

  async function doThem(): Promise<void> {
    const count = shard?.count ?? options.shards!;
    const shards = shard ? [shard] : Array.from({ length: count }, (_, index) => ({ index, count }));
    const queue = await openQueue(shard ? {} : options, note);
    const stop = new AbortController();
    const isHere = shard !== undefined || queueUrlOf(options) === undefined;
    const working = isHere ? workHere(queue, count, stop.signal) : undefined;
    const using = use({
      ...{ out, store, count, shards, isAlone: shard !== undefined },
      work: async (jobs, what) => watchJobs(queue, await queue.enqueue(jobs), what, tools),
    });
    try {
      // Where nobody can work, nothing comes that could be waited for.
      await Promise.race([using, ...(working ? [working.then(() => using)] : [])]);
      if (isTemporary && !shard) await rm(store, { recursive: true });
    } finally {
      stop.abort();
      await working?.catch(() => undefined); // told, where it was the reason
      await queue.close();
    }
  }

  function workHere(queue: JobQueue, count: number, stopped: AbortSignal): Promise<void> {
    const children = shard ? 1 : Math.min(options.children ?? 1, count);
    const threads = options.workers ?? Math.max(1, Math.floor(availableParallelism() / children));
    return queue.work({
      ...programOf({ allowed, store: resolve(store), threads }),
      ...{ folder: resolve(store), children, signal: AbortSignal.any([signal, stopped]) },
    });
  }
}

/** Parts of an earlier call may lie there, what a kill left of a join, and nothing else without `force`. */
async function checkOut(out: string, force: boolean): Promise<void> {
  const there = await readdir(out).catch((): string[] => []); // whether it can be written to is not asked here
  const others = there.filter((name) => name !== STORE && !name.endsWith(PARTIAL));
  if (others.length === 0 || force) return;
  throw new LatentkitError('E_EXISTS', `${out} holds ${others[0]} already`, {
    fix: 'Choose another --out, or overwrite with --force',
  });
}
