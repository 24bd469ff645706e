import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { fields, oneOf, optional, rule, type SpecOf, text, textLike, whole } from '@latentkit/core/schema';
import { encodeRun, formatCodes, RUN_FILES } from '@latentkit/experiment/node';
import type { JobKind } from '@latentkit/jobs/node';
import { type Allowed, checkAllowedUrl, findAllowed, isUrl } from './allowed.ts';
import { fetchRows } from './fetch-rows.ts';
import { fingerprintPath } from './fingerprint-path.ts';

const MOST_SHARDS = 1_000_000;

const encodeFields = fields({
  /** A run's name in the worker's folder of runs. */
  run: text(),
  /** The SHA-256 of its weights' file. */
  weights: textLike(/^[0-9a-f]{64}$/, 'be a SHA-256'),
  shard: rule(fields({ index: whole(0), count: whole(1, MOST_SHARDS) }), ({ index, count }) =>
    index < count ? undefined : `index must be below count, got ${index} of ${count}`,
  ),
  format: oneOf(['npy', 'parquet']),
  part: optional(oneOf(['test', 'validation', 'train'])),
  dataset: optional(text()),
  labels: optional(text()),
  label: optional(text()),
  limit: optional(whole(1)),
});

/** What is to be encoded. */
export type EncodePayload = SpecOf<typeof encodeFields>;

/** What a shard's job returns; read from a store that others write to. */
export const encodedShard = fields({
  /** How many rows are before its own. */
  first: whole(0),
  rows: whole(0),
  latentDim: whole(1),
});

export type EncodedShard = SpecOf<typeof encodedShard>;

/** Codes of a shard of images, as files. */
export function encodeKind(allowed: Allowed, workers: number | undefined): JobKind<EncodePayload> {
  return {
    kind: 'encode',
    payload: encodeFields,
    async run({ payload, data, folder, signal, progress }) {
      const { run: name, weights, shard, format, labels, ...which } = payload;
      const run = await findAllowed(allowed.runs, name, '--runs');
      await checkSame(join(run, RUN_FILES.weights), weights, `the weights of ${name}`);
      const fetched = join(folder, 'rows.npy');
      const remote = data && isUrl(data.name) ? await fetchShard(data) : undefined;
      const local = data && !remote ? await findAllowed(allowed.data, data.name, '--data-dir') : undefined;
      if (local) await checkSame(local, data!.fingerprint, data!.name);
      const codes = await encodeRun(run, {
        ...which,
        ...(remote ? { data: fetched } : { shard }),
        ...(local !== undefined && { data: local }),
        ...(labels !== undefined && { labels: await findAllowed(allowed.data, labels, '--data-dir') }),
        ...{ workers, signal, onProgress: (fraction: number) => progress({ fraction }) },
      });
      if (remote) await rm(fetched);
      const first = remote?.first ?? codes.first ?? 0;
      const made = await formatCodes({ ...codes, first }, format);
      for (const file of made) await writeFile(join(folder, file.name), file.content);
      const value: EncodedShard = {
        first,
        rows: codes.mean.length / codes.latentDim,
        latentDim: codes.latentDim,
      };
      return { value, files: made.map((file) => file.name) };

      async function fetchShard({ name: address, fingerprint }: { name: string; fingerprint: string }) {
        checkAllowedUrl(allowed.urls, address);
        if (labels !== undefined || which.limit !== undefined) {
          throw new LatentkitError(
            'E_USAGE',
            'labels and a limit go with data of a folder, not with an address',
          );
        }
        return fetchRows(address, { shard, fingerprint, to: fetched, signal });
      }
    },
  };
}

async function checkSame(path: string, expected: string, what: string): Promise<void> {
  const got = await fingerprintPath(path);
  if (got === expected) return;
  throw new LatentkitError(
    'E_CHECKSUM',
    `${what}: the job was made for ${expected}, and this worker has ${got}`,
    {
      fix: 'Give all workers the same files as who handed in the jobs',
    },
  );
}
