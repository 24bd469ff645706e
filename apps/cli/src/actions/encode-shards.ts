import { readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { RUN_FILES, type Shard } from '@latentkit/experiment/node';
import { makeFolders } from '@latentkit/formats/node';
import type { Job } from '@latentkit/jobs';
import { formatCount, formatDuration, paint, printable, runCommand, talk } from '@latentkit/terminal';
import { type Allowed, isUrl } from '../jobs/allowed.ts';
import type { EncodePayload } from '../jobs/encode-job.ts';
import { fingerprintUrl } from '../jobs/fetch-rows.ts';
import { fingerprintPath } from '../jobs/fingerprint-path.ts';
import { joinCodes } from '../jobs/join-codes.ts';
import { openQueue, type QueueOptions, queueUrlOf } from '../jobs/queue-options.ts';
import { watchJobs } from '../jobs/watch-jobs.ts';
import { programOf } from '../jobs/work-options.ts';
import { programVersion } from '../program-version.ts';
import type { EncodeOptions } from './encode.ts';

export interface ShardOptions extends EncodeOptions, QueueOptions {
  /** All of so many parts. */
  shards?: number;
  /** One of them. */
  shard?: Shard;
  children?: number;
  store?: string;
}

const STORE = 'parts';

/** Encodes parts as jobs: one of them for a scheduler that starts many machines, or all, here or by a queue, and then joins them. */
export async function encodeShards(directory: string, options: ShardOptions): Promise<void> {
  const started = performance.now();
  const { json = false, shard } = options;
  const { out, format, store, isTemporary } = placeOf(options);
  const leaves = 'Stopped; the parts that are done are kept, and the same command goes on.';
  await runCommand({ json, leaves }, async (tools) => {
    const { note, signal } = tools;
    await checkOut(out, options);
    const { allowed, jobFor } = await jobsOf(directory, options, format, signal);
    const count = shard?.count ?? options.shards!;
    const wanted = shard ? [shard.index] : Array.from({ length: count }, (_, index) => index);
    const queue = await openQueue(shard ? {} : options, note);
    const stop = new AbortController();
    const isHere = shard !== undefined || queueUrlOf(options) === undefined;
    const working = isHere ? workHere() : undefined;
    try {
      const ids = await queue.enqueue(wanted.map((index) => jobFor({ index, count })));
      const done = await watchJobs(
        queue,
        ids,
        shard ? `Encoding shard ${shard.index}/${count}` : 'Encoding',
        tools,
      );
      if (shard)
        return say({ ...options, json }, done[0]!.value as object, [join(store, done[0]!.id, 'run')]);
      const about = {
        run: directory,
        weights: jobFor({ index: 0, count }).payload.weights,
        codeVersion: programVersion(),
      };
      const { files, rows, latentDim } = await joinCodes(done, { store, out, format, about });
      if (isTemporary) await rm(store, { recursive: true });
      say(
        { ...options, json },
        { rows, latentDim },
        files.map((name) => join(out, name)),
      );
    } finally {
      stop.abort();
      await working;
      await queue.close();
    }

    function workHere(): Promise<void> {
      const children = shard ? 1 : Math.min(options.children ?? 1, count);
      const threads = options.workers ?? Math.max(1, Math.floor(availableParallelism() / children));
      const until = AbortSignal.any([signal, stop.signal]);
      return queue.work({
        ...programOf({ allowed, store: resolve(store), threads }),
        folder: resolve(store),
        children,
        signal: until,
      });
    }
  });

  function say({ json: isJson }: { json: boolean }, facts: object, files: readonly string[]): void {
    if (isJson) process.stdout.write(`${JSON.stringify({ run: directory, files, ...facts })}\n`);
    else if (!process.stdout.isTTY) process.stdout.write(`${files.join('\n')}\n`);
    const { rows } = facts as { rows: number };
    const seconds = formatDuration((performance.now() - started) / 1000);
    const where = files.map((path) => paint('bold', printable(path))).join(', ');
    talk(`${paint('green', 'Done')} in ${seconds}: codes of ${formatCount(rows)}. Wrote ${where}`);
  }
}

interface Place {
  readonly out: string;
  readonly format: 'npy' | 'parquet';
  /** Where the parts lie until they are joined. */
  readonly store: string;
  readonly isTemporary: boolean;
}

function placeOf({ out, format = 'npy', store, shards, shard, ...options }: ShardOptions): Place {
  const usage = (text: string, fix: string) => new LatentkitError('E_USAGE', `encode: ${text}`, { fix });
  if (shards !== undefined && shard)
    throw usage('--shards is of all parts, and --shard of one', 'Give one of them');
  if (out === undefined || out === '-')
    throw usage('shards are written into a folder', 'Name it with --out FOLDER');
  if (format === 'csv') throw usage('shards are written as npy or parquet', 'Give --format parquet');
  if (shard && options.queue !== undefined) {
    throw usage('--shard does one part here, without a queue', 'Hand all in with --shards N --queue URL');
  }
  if (shards !== undefined && queueUrlOf(options) !== undefined && store === undefined) {
    throw usage(
      'with a queue the store has to be said',
      'Name the folder that all workers see with --store DIR',
    );
  }
  return {
    ...{ out, format, store: store ?? join(out, STORE) },
    isTemporary: store === undefined,
  };
}

/** Parts of an earlier call may lie there, and nothing else without `force`. */
async function checkOut(out: string, { force = false }: ShardOptions): Promise<void> {
  await makeFolders(out);
  const others = (await readdir(out)).filter((name) => name !== STORE);
  if (others.length === 0 || force) return;
  throw new LatentkitError('E_EXISTS', `${out} holds ${others[0]} already`, {
    fix: 'Choose another --out, or overwrite with --force',
  });
}

/** The jobs of shards, and what has to be allowed for them here. */
async function jobsOf(
  directory: string,
  { data, labels, dataset, set, label, limit }: ShardOptions,
  format: Place['format'],
  signal: AbortSignal,
): Promise<{ allowed: Allowed; jobFor(shard: Shard): Job }> {
  const run = resolve(directory);
  const isRemote = data !== undefined && isUrl(data);
  const folder = data !== undefined && !isRemote ? dirname(resolve(data)) : undefined;
  if (labels !== undefined && dirname(resolve(labels)) !== folder) {
    throw new LatentkitError('E_USAGE', 'encode: with shards, --labels must lie beside --data', {
      fix: 'Workers find both in one folder',
    });
  }
  const weights = await fingerprintPath(join(run, RUN_FILES.weights)).catch((cause) => {
    throw new LatentkitError('E_NOT_FOUND', `${directory} has no ${RUN_FILES.weights}`, { cause });
  });
  const fingerprint =
    data === undefined
      ? ''
      : await (isRemote ? fingerprintUrl(data, signal) : fingerprintPath(resolve(data)));
  const which = {
    ...(set !== undefined && { part: set }),
    ...(dataset !== undefined && { dataset }),
    ...(labels !== undefined && { labels: basename(labels) }),
    ...(label !== undefined && { label }),
    ...(limit !== undefined && { limit }),
  };
  const payload = { run: basename(run), weights, format, ...which };
  return {
    allowed: { runs: dirname(run), ...(folder && { data: folder }), ...(isRemote && { urls: [data!] }) },
    jobFor: (shard) => ({
      kind: 'encode',
      payload: { ...payload, shard: { ...shard } } satisfies EncodePayload as Job['payload'],
      ...(data !== undefined && { data: { name: isRemote ? data : basename(data), fingerprint } }),
      codeVersion: programVersion(),
    }),
  };
}
