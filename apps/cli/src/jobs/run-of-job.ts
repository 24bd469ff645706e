import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { fields, optional, rule, type SpecOf, text, textLike, whole } from '@latentkit/core/schema';
import { folderOfDataset, RUN_FILES } from '@latentkit/experiment/node';
import type { JobData } from '@latentkit/jobs';
import { type Allowed, checkAllowedUrl, findAllowed, isUrl } from './allowed.ts';
import { fetchRows } from './fetch-rows.ts';
import { fingerprintPath } from './fingerprint-path.ts';

const MOST_SHARDS = 1_000_000;

export const sha256Field = () => textLike(/^[0-9a-f]{64}$/, 'be a SHA-256');

/** What jobs say that look at data by a run's model. */
export const RUN_FIELDS = {
  /** A run's name in the worker's folder of runs. */
  run: text(),
  /** The SHA-256 of its weights' file. */
  weights: sha256Field(),
  dataset: optional(text()),
  labels: optional(text()),
};

/** And those that look at a part of them. */
export const SHARD_FIELDS = {
  ...RUN_FIELDS,
  shard: rule(fields({ index: whole(0), count: whole(1, MOST_SHARDS) }), ({ index, count }) =>
    index < count ? undefined : `index must be below count, got ${index} of ${count}`,
  ),
  limit: optional(whole(1)),
};

const runFields = fields(RUN_FIELDS);
const shardFields = fields(SHARD_FIELDS);

export interface RunOfJob {
  /** Where the run lies here. */
  readonly run: string;
  /** Where its data do: a file, a dataset. */
  readonly which: { dataset?: string; dataDir?: string; data?: string; labels?: string };
}

/**
 * Finds what a job names among what a worker is allowed: a run of these weights, and data of this fingerprint.
 *
 * @throws as `findAllowed`; `E_CHECKSUM` for other weights or data.
 */
export async function openRunOfJob(
  allowed: Allowed,
  { run: name, weights, dataset, labels }: SpecOf<typeof runFields>,
  data: JobData | undefined,
): Promise<RunOfJob> {
  const run = await findAllowed(allowed.runs, name, '--runs');
  await checkSame(join(run, RUN_FILES.weights), weights, `the weights of ${name}`);
  if (!data || isUrl(data.name)) {
    const dataDir = data ? undefined : await folderOf(allowed, run, dataset);
    return {
      run,
      which: { ...(dataset !== undefined && { dataset }), ...(dataDir !== undefined && { dataDir }) },
    };
  }
  const file = await findAllowed(allowed.data, data.name, '--data-dir');
  await checkSame(file, data.fingerprint, data.name);
  const classes = labels === undefined ? undefined : await findAllowed(allowed.data, labels, '--data-dir');
  return { run, which: { data: file, ...(classes !== undefined && { labels: classes }) } };
}

/** The part of a job's data that is its shard, and how many rows are before it: rows behind an address are fetched into a file. */
export async function openShardOfJob(
  allowed: Allowed,
  { shard, limit, ...payload }: SpecOf<typeof shardFields>,
  { data, to, signal }: { data: JobData | undefined; to: string; signal: AbortSignal },
): Promise<RunOfJob & { part: { shard?: typeof shard; limit?: number; first: number } }> {
  const opened = await openRunOfJob(allowed, payload, data);
  if (!data || !isUrl(data.name)) {
    return { ...opened, part: { shard, first: 0, ...(limit !== undefined && { limit }) } };
  }
  checkAllowedUrl(allowed.urls, data.name);
  if (payload.labels !== undefined || limit !== undefined) {
    throw new LatentkitError('E_USAGE', 'labels and a limit go with data of a folder, not with an address');
  }
  const { first } = await fetchRows(data.name, { shard, fingerprint: data.fingerprint, to, signal });
  return { ...opened, which: { data: to }, part: { first } };
}

/** Where this worker has the files of a dataset, by default the run's. */
async function folderOf(
  { data }: Allowed,
  run: string,
  dataset: string | undefined,
): Promise<string | undefined> {
  if (data === undefined) return undefined;
  const config = JSON.parse(await readFile(join(run, RUN_FILES.config), 'utf8')) as {
    dataset?: { name?: string };
  };
  return folderOfDataset(data, dataset ?? String(config.dataset?.name));
}

async function checkSame(path: string, expected: string, what: string): Promise<void> {
  const got = await fingerprintPath(path);
  if (got === expected) return;
  throw new LatentkitError(
    'E_CHECKSUM',
    `${what}: the job was made for ${expected}, and this worker has ${got}`,
    { fix: 'Give all workers the same files as who handed in the jobs' },
  );
}
