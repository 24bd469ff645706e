import { cp, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import {
  checkBy,
  fields,
  openFields,
  optional,
  type Schema,
  text,
  textLike,
  whole,
} from '@latentkit/core/schema';
import {
  type ExperimentConfig,
  parseConfig,
  parseSweep,
  planSweep,
  type SweepPlan,
  type SweepSpec,
  sweepCsv,
  sweepMarkdown,
  sweepPage,
} from '@latentkit/experiment';
import { type ImageFiles, missingPath } from '@latentkit/experiment/node';
import { parseJson } from '@latentkit/formats';
import { isThere, writeAtomically } from '@latentkit/formats/node';
import type { JobData } from '@latentkit/jobs';
import { jobRunFolder } from '@latentkit/jobs/node';
import { quoteArgument } from '@latentkit/terminal';
import { type TrialOutcome, trialsOf } from './run-trials.ts';

/** The files of a sweep's folder. */
export const SWEEP_FILES = {
  sweep: 'sweep.json',
  jobs: 'jobs',
  best: 'best',
  csv: 'table.csv',
  markdown: 'table.md',
  page: 'sweep.html',
  journal: 'optuna.log',
  /** There when it is to stop. */
  stop: 'stop',
} as const;

/** What a sweep was begun with: with it and the data, anyone comes to the same trials. */
export interface SweepRecord {
  readonly spec: SweepSpec;
  /** What its trials have in common. */
  readonly config: ExperimentConfig;
  readonly data: JobData;
  /** The data in words. */
  readonly dataText: string;
  readonly files: ImageFiles;
  readonly codeVersion: string;
  /** Where its jobs lie, if not in its own folder. */
  readonly store?: string | undefined;
}

/** Where a sweep's jobs lie. */
export function storeOf(folder: string, { store }: Pick<SweepRecord, 'store'>): string {
  return store ?? join(folder, SWEEP_FILES.jobs);
}

const recordSchema = fields({
  version: whole(1, 1),
  spec: openFields({}),
  config: openFields({}),
  data: fields({ name: text(), fingerprint: textLike(/^[0-9a-f]{64}$/, 'be a SHA-256') }),
  dataText: text(),
  files: fields({
    data: optional(text()),
    labels: optional(text()),
    validationData: optional(text()),
    validationLabels: optional(text()),
  }) as Schema<ImageFiles>,
  codeVersion: text(),
  store: optional(text()),
});

export async function writeRecord(
  folder: string,
  { spec, config, data, dataText, files, codeVersion, store }: SweepRecord,
): Promise<void> {
  const record = { version: 1, spec, config, data, dataText, files, codeVersion, store };
  await writeAtomically(join(folder, SWEEP_FILES.sweep), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * What a sweep was begun with, and what it is to do.
 *
 * @throws `E_NOT_FOUND` for a folder that holds no sweep; `E_CONFIG`, `E_FORMAT` for a damaged one.
 */
export async function readRecord(folder: string): Promise<SweepRecord & { plan: SweepPlan }> {
  const path = join(folder, SWEEP_FILES.sweep);
  if (!(await stat(folder).catch(() => undefined))) throw await missingPath(folder);
  if (!(await isThere(path))) {
    throw new LatentkitError('E_NOT_FOUND', `${folder} holds no sweep: there is no ${SWEEP_FILES.sweep}`, {
      fix: 'Name the folder that a sweep was written to',
    });
  }
  const record = checkBy(recordSchema, parseJson(await readFile(path), path), path, 'E_FORMAT');
  const spec = parseSweep(record.spec, `${path}: spec`);
  const config = parseConfig(record.config, `${path}: config`);
  return { ...record, spec, config, plan: planSweep(spec, config, path) };
}

/** Tables and page of what came of a sweep so far, and the folders of its best runs. */
export async function writeResults(
  folder: string,
  { config, dataText, plan, store: elsewhere }: SweepRecord & { plan: SweepPlan },
  { outcomes, reported }: { outcomes: readonly TrialOutcome[]; reported: readonly TrialOutcome[] },
): Promise<void> {
  const { space, judge, strategyName, seed, epochs } = plan;
  const store = storeOf(folder, { store: elsewhere });
  const trials = trialsOf(outcomes, plan);
  const best = await Promise.all(
    reported.map(async ({ trial, job }, i) => {
      const run = join(folder, SWEEP_FILES.best, String(i + 1));
      if (!(await isThere(run))) await copyRun(jobRunFolder(store, job), run);
      return {
        trial,
        command: `train --resume ${quoteArgument(run)} --epochs ${4 * epochs}`,
        pictures: await picturesOf(run, i === 0 ? ['reconstructions', 'samples'] : ['reconstructions']),
      };
    }),
  );
  const write = (name: string, content: string) => writeAtomically(join(folder, name), content);
  await write(SWEEP_FILES.csv, sweepCsv(space, judge, trials));
  await write(SWEEP_FILES.markdown, sweepMarkdown(space, judge, trials));
  const content = { space, judge, seed, epochs, trials, best, strategy: strategyName };
  await write(SWEEP_FILES.page, sweepPage({ ...content, recipe: config.recipe, data: dataText }));
}

/** A run without what is its job's. */
function copyRun(from: string, to: string): Promise<void> {
  return cp(from, to, { recursive: true, filter: (path) => basename(path) !== 'result.json' });
}

/** Figures of a run's report. */
async function picturesOf(run: string, names: readonly string[]): Promise<{ title: string; svg: string }[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const svg = await readFile(join(run, 'figures', `${name}.svg`), 'utf8').catch(() => undefined);
      return svg === undefined ? [] : [{ title: name, svg }];
    }),
  );
  return found.flat();
}
