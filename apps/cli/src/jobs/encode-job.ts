import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fields, flag, oneOf, optional, type SpecOf, text, whole } from '@latentkit/core/schema';
import { encodeRun, formatCodes } from '@latentkit/experiment/node';
import type { JobKind } from '@latentkit/jobs/node';
import type { Allowed } from './allowed.ts';
import { openShardOfJob, SHARD_FIELDS } from './run-of-job.ts';

const encodeFields = fields({
  ...SHARD_FIELDS,
  format: oneOf(['npy', 'parquet']),
  part: optional(oneOf(['test', 'validation', 'train'])),
  label: optional(text()),
  reconstructions: optional(flag()),
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
      const { format, part: set, label, reconstructions, ...shard } = payload;
      const fetched = join(folder, 'rows.npy');
      const { run, which, part } = await openShardOfJob(allowed, shard, { data, to: fetched, signal });
      const { first: before, ...rows } = part;
      const codes = await encodeRun(run, {
        ...{ ...which, ...rows, workers, signal },
        ...(set !== undefined && { part: set }),
        ...(label !== undefined && { label }),
        ...(reconstructions !== undefined && { reconstructions }),
        onProgress: (fraction: number) => progress({ fraction }),
      });
      await rm(fetched, { force: true });
      const first = before + (codes.first ?? 0);
      const made = await formatCodes({ ...codes, first }, format);
      for (const file of made) await writeFile(join(folder, file.name), file.content);
      const value: EncodedShard = {
        first,
        rows: codes.mean.length / codes.latentDim,
        latentDim: codes.latentDim,
      };
      return { value, files: made.map((file) => file.name) };
    },
  };
}
