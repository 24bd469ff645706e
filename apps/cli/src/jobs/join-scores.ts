import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { checkBy } from '@latentkit/core/schema';
import type { SavedDetector } from '@latentkit/evaluation';
import { type FoundAnomalies, formatAnomalies, joinAnomalies } from '@latentkit/experiment/node';
import { parseJson } from '@latentkit/formats';
import { writeTogether } from '@latentkit/formats/node';
import type { CommandTools } from '@latentkit/terminal';
import { DETECTOR, fittedValue, scoredShard } from './anomaly-jobs.ts';
import { MANIFEST } from './join-codes.ts';
import { readJobFile } from './read-job-file.ts';
import { readScored } from './scored-files.ts';
import { shownAddress } from './shown-address.ts';
import type { DoneJob } from './watch-jobs.ts';

export interface JoinScoresOptions {
  /** Where the jobs' results lie. */
  store: string;
  /** The folder to write into. */
  out: string;
  /** As they were said. */
  data: string;
  clean: string | undefined;
  anomalous: readonly (number | string)[] | undefined;
  worst: number;
  workers: number | undefined;
  /** What the manifest says besides. */
  about: Readonly<Record<string, unknown>>;
}

/**
 * Makes of the scores of all parts what `anomalies` without shards writes, byte for byte, and `manifest.json`, which says what is where.
 *
 * @throws as `joinAnomalies` and `readJobFile`.
 */
export async function joinScores(
  directory: string,
  { fit, shards }: { fit: DoneJob; shards: readonly DoneJob[] },
  options: JoinScoresOptions,
  { note, signal }: Pick<CommandTools, 'note' | 'signal'>,
): Promise<FoundAnomalies> {
  const { store, out, data, clean, anomalous, worst, workers, about } = options;
  const judges = checkBy(fittedValue, fit.value, 'the result of the fit', 'E_FORMAT');
  if (judges.note !== undefined) note(judges.note);
  const values = shards.map(({ value }, at) =>
    checkBy(scoredShard, value, `the result of shard ${at}`, 'E_FORMAT'),
  );
  const { what, dataset = shownAddress(data) } = values[0]!;
  const text = new TextDecoder().decode(await readJobFile(store, fit, DETECTOR));
  const scored = [];
  for (const shard of shards) scored.push(await readScored(store, shard));
  const found = await joinAnomalies(directory, scored, {
    ...{
      detector: parseJson(text, DETECTOR) as SavedDetector,
      of: `${what} of ${dataset}`,
      worst,
      signal,
      onNote: note,
    },
    clean: `${judges.what} of ${judges.dataset ?? clean ?? data}`,
    ...(anomalous && { anomalous }),
    ...(workers !== undefined && { workers }),
  });
  const made = await formatAnomalies(found);
  const files = made.map(({ name, content }) => ({
    name,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  const parts = values.map(({ first, rows }) => ({ first, rows }));
  const { fitted, ranked } = found;
  const manifest = { version: 1, ...about, rows: ranked.length, ...fitted, files, parts };
  const all = [...made, { name: MANIFEST, content: `${JSON.stringify(manifest, null, 2)}\n` }];
  await writeTogether(all.map(({ name, content }) => ({ path: join(out, name), content })));
  return found;
}
