import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anyNumber, fields, flag, oneOf, optional, type SpecOf, text, whole } from '@latentkit/core/schema';
import { ANOMALY_SCORES, type SavedDetector } from '@latentkit/evaluation';
import { fitAnomalies, scoreAnomalies } from '@latentkit/experiment/node';
import { parseJson } from '@latentkit/formats';
import type { JobKind } from '@latentkit/jobs/node';
import type { Allowed } from './allowed.ts';
import { readJobFile } from './read-job-file.ts';
import { openRunOfJob, openShardOfJob, RUN_FIELDS, SHARD_FIELDS, sha256Field } from './run-of-job.ts';
import { formatScored } from './scored-files.ts';

const fitFields = fields({
  ...RUN_FIELDS,
  /** Whether the data are ordinary examples, all of them. */
  isClean: optional(flag()),
  score: optional(oneOf(ANOMALY_SCORES.map(({ name }) => name))),
  samples: optional(whole(1)),
  falseAlarms: optional(anyNumber({ finite: true })),
});

/** How ordinary examples are to be told from others. */
export type FitPayload = SpecOf<typeof fitFields>;

const WHAT_FIELDS = {
  /** What examples are: 'validation images'. */
  what: text(),
  /** Of which dataset, if not of a file. */
  dataset: optional(text()),
};

/** What the job of a fit returns. */
export const fittedValue = fields({ ...WHAT_FIELDS, note: optional(text()) });

/** The file of what a fit found. */
export const DETECTOR = 'detector.json';

/** One threshold, before examples are scored in parts. */
export function anomalyFitKind(allowed: Allowed, workers: number | undefined): JobKind<FitPayload> {
  return {
    kind: 'anomaly-fit',
    payload: fitFields,
    async run({ payload, data, folder, signal, progress }) {
      const { isClean = false, score, samples, falseAlarms, ...of } = payload;
      const { run, which } = await openRunOfJob(allowed, of, data);
      const file = which.data;
      const { detector, note, what, source } = await fitAnomalies(run, {
        ...(isClean && file !== undefined ? { clean: file } : which),
        ...(score !== undefined && { score }),
        ...(samples !== undefined && { samples }),
        ...(falseAlarms !== undefined && { falseAlarms }),
        ...{ workers, signal, onProgress: (fraction: number) => progress({ fraction }) },
      });
      await writeFile(join(folder, DETECTOR), JSON.stringify(detector));
      return {
        value: { ...whatOf({ what, source }, file), ...(note !== undefined && { note }) },
        files: [DETECTOR],
      };
    },
  };
}

const scoreFields = fields({
  ...SHARD_FIELDS,
  /** The job that fitted the detector, and the SHA-256 of its file. */
  detector: fields({ job: sha256Field(), sha256: sha256Field() }),
  /** How many of the oddest are kept, to be shown. */
  worst: whole(1, 100),
});

/** What is to be scored. */
export type ScorePayload = SpecOf<typeof scoreFields>;

/** What a shard's job returns; read from a store that others write to. */
export const scoredShard = fields({ ...WHAT_FIELDS, first: whole(0), rows: whole(1) });

/** Scores of a shard of examples, as files. */
export function anomalyScoresKind(
  allowed: Allowed,
  { store, workers }: { store: string; workers: number | undefined },
): JobKind<ScorePayload> {
  return {
    kind: 'anomaly-scores',
    payload: scoreFields,
    async run({ payload, data, folder, signal, progress }) {
      const { detector, worst, ...shard } = payload;
      const fetched = join(folder, 'rows.npy');
      const { run, which, part } = await openShardOfJob(allowed, shard, { data, to: fetched, signal });
      const bytes = await readJobFile(
        store,
        { id: detector.job, files: { [DETECTOR]: detector.sha256 } },
        DETECTOR,
      );
      const scored = await scoreAnomalies(run, {
        ...{ ...which, ...part, worst, workers, signal },
        detector: parseJson(new TextDecoder().decode(bytes), DETECTOR) as SavedDetector,
        onProgress: (fraction: number) => progress({ fraction }),
      });
      await rm(fetched, { force: true });
      const files = formatScored(scored);
      for (const { name, content } of files) await writeFile(join(folder, name), content);
      const { first, scores } = scored;
      const value = { ...whatOf(scored, which.data), first, rows: scores.length };
      return { value, files: files.map(({ name }) => name) };
    },
  };
}

/** A worker's files have other names than those of who asks. */
function whatOf({ what, source }: { what: string; source: string }, file: string | undefined) {
  return { what, ...(source !== file && { dataset: source }) };
}
