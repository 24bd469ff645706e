import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import type { Job } from '@latentkit/jobs';
import { formatCount, formatDuration, paint, printable, runCommand, talk } from '@latentkit/terminal';
import { dataOfParts } from '../jobs/data-of-parts.ts';
import { doParts, placeOfParts } from '../jobs/do-parts.ts';
import type { EncodePayload } from '../jobs/encode-job.ts';
import { joinCodes } from '../jobs/join-codes.ts';
import type { ShardOptions } from '../jobs/shard-options.ts';
import { programVersion } from '../program-version.ts';
import type { EncodeOptions } from './encode.ts';

/** Encodes parts as jobs, and joins them. */
export async function encodeShards(directory: string, options: EncodeOptions & ShardOptions): Promise<void> {
  const started = performance.now();
  const { json = false, format = 'npy', set, label, limit, reconstructions } = options;
  placeOfParts('encode', options);
  if (format === 'csv') {
    throw new LatentkitError('E_USAGE', 'encode: shards are written as npy or parquet', {
      fix: 'Give --format parquet',
    });
  }
  if (reconstructions && format !== 'npy') {
    throw new LatentkitError('E_USAGE', 'encode: reconstructions are written as npy', {
      fix: 'Give --format npy',
    });
  }
  const leaves = 'Stopped; the parts that are done are kept, and the same command goes on.';
  await runCommand({ json, leaves }, async (tools) => {
    const { allowed, of, data } = await dataOfParts('encode', directory, options, tools.signal);
    const codeVersion = programVersion();
    const payload = {
      ...{ ...of, format },
      ...(set !== undefined && { part: set }),
      ...(label !== undefined && { label }),
      ...(limit !== undefined && { limit }),
      ...(reconstructions && { reconstructions }),
    };
    const use: Parameters<typeof doParts>[2]['use'] = async ({ out, store, shards, isAlone, work }) => {
      const jobs = shards.map(
        (shard): Job => ({
          kind: 'encode',
          payload: { ...payload, shard: { ...shard } } satisfies EncodePayload as Job['payload'],
          ...(data && { data }),
          codeVersion,
        }),
      );
      const [{ index, count } = { index: 0, count: 0 }] = shards;
      const done = await work(jobs, isAlone ? `Encoding shard ${index}/${count}` : 'Encoding');
      if (isAlone) return say(done[0]!.value as object, [join(store, done[0]!.id, 'run')]);
      const about = { run: directory, weights: of.weights, codeVersion };
      const { files, rows, latentDim } = await joinCodes(done, { store, out, format, about });
      say(
        { rows, latentDim },
        files.map((name) => join(out, name)),
      );
    };
    await doParts('encode', { ...options, allowed }, { tools, use });
  });

  function say(facts: object, files: readonly string[]): void {
    if (json) process.stdout.write(`${JSON.stringify({ run: directory, files, ...facts })}\n`);
    else if (!process.stdout.isTTY) process.stdout.write(`${files.join('\n')}\n`);
    const { rows } = facts as { rows: number };
    const seconds = formatDuration((performance.now() - started) / 1000);
    const where = files.map((path) => paint('bold', printable(path))).join(', ');
    talk(`${paint('green', 'Done')} in ${seconds}: codes of ${formatCount(rows)}. Wrote ${where}`);
  }
}
