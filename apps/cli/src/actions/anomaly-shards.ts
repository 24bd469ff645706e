import { join } from 'node:path';
import { DATASETS } from '@latentkit/datasets';
import type { Job } from '@latentkit/jobs';
import { formatCount, formatDuration, paint, printable, runCommand, talk } from '@latentkit/terminal';
import { DETECTOR, type FitPayload, type ScorePayload } from '../jobs/anomaly-jobs.ts';
import { dataOfParts } from '../jobs/data-of-parts.ts';
import { doParts, type Parts, placeOfParts } from '../jobs/do-parts.ts';
import { joinScores } from '../jobs/join-scores.ts';
import type { ShardOptions } from '../jobs/shard-options.ts';
import type { DoneJob } from '../jobs/watch-jobs.ts';
import { programVersion } from '../program-version.ts';
import { type AnomaliesOptions, tellAnomalies } from './anomalies.ts';

const WORST = 12;

/** Scores parts as jobs, by a threshold that one job finds before, and joins them. */
export async function anomalyShards(
  directory: string,
  said: string,
  options: AnomaliesOptions & ShardOptions,
): Promise<void> {
  const started = performance.now();
  const {
    json = false,
    score,
    samples,
    falseAlarms,
    worst = WORST,
    limit,
    anomalous,
    workers,
    clean,
  } = options;
  placeOfParts('anomalies', options);
  const isName = DATASETS.some(({ name }) => name === said);
  const source = { ...options, ...(isName ? { dataset: said } : { data: said }) };
  const leaves = 'Stopped; the parts that are done are kept, and the same command goes on.';
  await runCommand({ json, leaves }, async (tools) => {
    const {
      allowed,
      of,
      data,
      clean: ordinary,
    } = await dataOfParts('anomalies', directory, source, tools.signal);
    const codeVersion = programVersion();
    const { dataset: _, labels, ...run } = of;
    const fitPayload: FitPayload = {
      ...run,
      ...(ordinary ? { isClean: true } : labels !== undefined && { labels }),
      ...(score !== undefined && { score }),
      ...(samples !== undefined && { samples }),
      ...(falseAlarms !== undefined && { falseAlarms }),
    };
    const judged = ordinary ?? data;
    const fit: Job = {
      kind: 'anomaly-fit',
      payload: fitPayload as Job['payload'],
      ...(judged && { data: judged }),
      codeVersion,
    };

    const use = async ({ out, store, shards, isAlone, work }: Parts) => {
      const [fitted] = (await work([fit], 'Fitting')) as [DoneJob];
      const detector = { job: fitted.id, sha256: fitted.files[DETECTOR]! };
      const jobs = shards.map((shard): Job => {
        const payload: ScorePayload = {
          ...of,
          shard,
          detector,
          worst,
          ...(limit !== undefined && { limit }),
        };
        return {
          kind: 'anomaly-scores',
          payload: payload as Job['payload'],
          ...(data && { data }),
          codeVersion,
        };
      });
      const [{ index, count } = { index: 0, count: 0 }] = shards;
      const done = await work(jobs, isAlone ? `Scoring shard ${index}/${count}` : 'Scoring');
      if (isAlone) return tellPart(done[0]!, { store, json, started });
      const found = await joinScores(
        directory,
        { fit: fitted, shards: done },
        {
          ...{ store, out, data: said, clean, anomalous, worst, workers },
          about: { run: directory, weights: of.weights, codeVersion },
        },
        tools,
      );
      tellAnomalies(found, { folder: out, json, worst, started });
    };
    await doParts('anomalies', { ...options, allowed }, { tools, use });
  });
}

function tellPart(
  { id, value }: DoneJob,
  { store, json, started }: { store: string; json: boolean; started: number },
): void {
  const path = join(store, id, 'run');
  const { rows } = value as { rows: number };
  if (json) process.stdout.write(`${JSON.stringify({ folder: path, rows })}\n`);
  else if (!process.stdout.isTTY) process.stdout.write(`${path}\n`);
  const seconds = formatDuration((performance.now() - started) / 1000);
  talk(
    `${paint('green', 'Done')} in ${seconds}: scores of ${formatCount(rows)}. Wrote ${paint('bold', printable(path))}`,
  );
}
