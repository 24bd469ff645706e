import { readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import {
  describeData,
  describeSettings,
  type ExperimentConfig,
  parseSweep,
  planSweep,
  type SweepPlan,
} from '@latentkit/experiment';
import { modelSpecOf } from '@latentkit/experiment/config';
import { type ImageFiles, lockFolder, lockState } from '@latentkit/experiment/node';
import { parseJson } from '@latentkit/formats';
import { isThere, writeAtomically } from '@latentkit/formats/node';
import type { JobEvent } from '@latentkit/jobs';
import { createModel } from '@latentkit/models';
import {
  formatDuration,
  formatTable,
  paint,
  printable,
  quoteArgument,
  runCommand,
  talk,
} from '@latentkit/terminal';
import { openQueue, type QueueOptions, queueUrlOf } from '../jobs/queue-options.ts';
import { inFolder, makeDatedFolder, makeOutFolder } from '../out-folder.ts';
import { programVersion } from '../program-version.ts';
import { resolveConfig } from '../resolve-config.ts';
import { readOutcomes, runTrials, type TrialOutcome, trialsOf } from '../sweep/run-trials.ts';
import {
  readRecord,
  SWEEP_FILES,
  type SweepRecord,
  storeOf,
  writeRecord,
  writeResults,
} from '../sweep/sweep-folder.ts';
import { openSweepJournal, type SweepJournal } from '../sweep/sweep-journal.ts';
import { loadTrialData } from '../sweep/trial-job.ts';
import { withoutComments } from '../without-comments.ts';

export interface SweepOptions extends ImageFiles, QueueOptions {
  /** Trials at once by this machine: 1 by default, and none where a queue has other workers. */
  workers?: number;
  seed?: number;
  dataDir?: string;
  /** Where jobs lie. */
  store?: string;
  out?: string;
  json?: boolean;
}

const SAMPLE = `{
  // What all trials have in common: a recipe, and any part of a config.
  "recipe": "digits-dense",
  "config": { "dataset": { "limit": 500 } },

  // What they differ in: a list, { "from", "to" } or { "log": [from, to] }.
  "ranges": {
    "latentDim": [2, 5, 10],
    "learningRate": { "log": [1e-3, 3e-2] }
  },

  // sobol, random, grid, halving, hyperband or tpe.
  "strategy": "halving",
  "budget": { "trials": 9, "epochs": 9 }
}
`;

/** Writes a small sweep to begin with. */
export async function initSweep(path = 'sweep.json'): Promise<void> {
  if (await isThere(path)) {
    throw new LatentkitError('E_EXISTS', `there is a ${path} already`, {
      fix: 'Name another file: sweep init other.json',
    });
  }
  await writeAtomically(path, SAMPLE);
  talk(`Wrote ${paint('bold', printable(path))}. Train it: latentkit sweep ${quoteArgument(path)}`);
}

/** Begins a sweep that a file says. */
export async function sweep(path: string, options: SweepOptions): Promise<void> {
  const { out, json = false, seed, store } = options;
  const data = dataOf(options);
  const given = await readSweepFile(path);
  const spec = { ...given, ...(seed !== undefined && { seed }) };
  const here = await resolveBase(path, spec, data);
  const config = queueUrlOf(options) === undefined ? here : withoutFolder(here);
  const plan = planSweep(spec, config, path);
  for (const { settings } of plan.strategy.tasks([])) plan.configOf(settings); // a slip is told before anything is loaded
  if (out !== undefined) await checkNoSweep(out);
  const leaves = 'Stopped before a trial was begun; nothing was written.';
  await runCommand({ json, leaves }, async (tools) => {
    const { dataDir: _, ...files } = data;
    const { dataset, is } = await loadTrialData(here, files);
    checkTrials(plan, dataset);
    tools.signal.throwIfAborted();
    const making = out === undefined ? makeDatedFolder(`sweep-${config.recipe}`) : makeOutFolder(out);
    await inFolder(making, async (folder) => {
      const { train, validation, test } = dataset;
      const counts = {
        ...{ trainImages: train.count, validationImages: validation.count },
        ...(test && test !== validation && { testImages: test.count }),
      };
      const things = dataset.columns ? 'rows' : 'images';
      const record: SweepRecord = {
        ...{ spec, config, data: is, files, codeVersion: programVersion() },
        dataText: `${dataset.name}: ${describeData(counts, { things })}`,
        ...(store !== undefined && { store: resolve(store) }),
      };
      await workOn(folder, { ...record, plan }, { ...options, json, isNew: true, tools });
    });
  });
}

/** Goes on with a sweep that was stopped or killed. */
export async function resumeSweep(folder: string, options: SweepOptions): Promise<void> {
  const { json = false } = options;
  const record = await readRecord(folder);
  if (record.codeVersion !== programVersion()) {
    throw new LatentkitError(
      'E_USAGE',
      `${folder} was begun by version ${record.codeVersion}, and this is version ${programVersion()}`,
      { fix: 'Go on with the version that it was begun with: another may come to other bits' },
    );
  }
  await runCommand({ json, leaves: 'Stopped; the sweep is as it was.' }, (tools) =>
    workOn(folder, record, { ...options, json, isNew: false, tools }),
  );
}

interface WorkOptions extends QueueOptions {
  workers?: number;
  dataDir?: string;
  json: boolean;
  isNew: boolean;
  tools: Parameters<Parameters<typeof runCommand>[1]>[0];
}

const LOOK_EACH = 300; // ms

async function workOn(
  folder: string,
  record: SweepRecord & { plan: SweepPlan },
  { json, isNew, tools: { line, signal, stopped, note }, ...options }: WorkOptions,
): Promise<void> {
  const isShared = queueUrlOf(options) !== undefined;
  const { workers = isShared ? 0 : 1, dataDir } = options;
  const queue = await openQueue(options, note);
  const lock = await lockFolder(folder);
  const asked = new AbortController(); // by `sweep stop`
  const stopFile = join(folder, SWEEP_FILES.stop);
  const looking = setInterval(() => {
    void isThere(stopFile).then((isAsked) => isAsked && asked.abort());
  }, LOOK_EACH);
  const began = performance.now();
  const outcomes: TrialOutcome[] = [];
  const view = createView(record.plan, line, json);
  let journal: SweepJournal | undefined;
  try {
    await rm(stopFile, { force: true });
    if (isNew) await writeRecord(folder, record);
    const store = storeOf(folder, record);
    if (!json) tellPlan(record, folder, workers);
    if (!json && isShared) talk(`Workers: latentkit worker --queue ... --store ${quoteArgument(store)}`);
    journal = await openSweepJournal(join(folder, SWEEP_FILES.journal), store, record.plan);
    const done = await runTrials({
      ...record,
      ...(dataDir !== undefined && { dataDir }),
      ...{ store, queue, workers, threads: Math.max(1, Math.floor(availableParallelism() / (workers || 1))) },
      signal: AbortSignal.any([signal, asked.signal]),
      onOutcome(outcome) {
        outcomes.push(outcome);
        view.outcome(outcome);
        journal?.tell(outcomes, false).catch(() => undefined); // a disk that refuses is told at the end
      },
      onEvent: view.event,
    });
    await writeResults(folder, record, done);
    await journal.tell(outcomes, true);
    line.clear();
    if (json) return;
    talk();
    showTrials(record.plan, done.outcomes);
    talk(
      `\n${paint('green', 'Done')} in ${formatDuration((performance.now() - began) / 1000)}. Open ${paint('bold', printable(join(folder, SWEEP_FILES.page)))}`,
    );
  } catch (error) {
    if (!signal.aborted && !asked.signal.aborted) throw error;
    await writeResults(folder, record, { outcomes, reported: [] });
    await journal?.tell(outcomes, false);
    stopped(
      `Stopped: ${outcomes.length} pieces of training are done and kept.\nGo on with it: latentkit sweep resume ${quoteArgument(folder)}`,
    );
  } finally {
    clearInterval(looking);
    await queue.close();
    await rm(stopFile, { force: true }).catch(() => undefined);
    await lock.release();
  }
}

/** Asks a sweep to stop, which another process works on. */
export async function stopSweep(folder: string): Promise<void> {
  await readRecord(folder);
  if ((await lockState(folder)) !== 'held') {
    throw new LatentkitError('E_USAGE', `${folder}: nobody works on this sweep`, {
      fix: `See how far it is: latentkit sweep status ${quoteArgument(folder)}`,
    });
  }
  await writeFile(join(folder, SWEEP_FILES.stop), '');
  talk('Asked it to stop: trials under way keep their checkpoints.');
}

/** Says how far a sweep is, and its best trials so far. */
export async function sweepStatus(folder: string, { json = false }: SweepOptions): Promise<void> {
  const { plan, ...record } = await readRecord(folder);
  const { outcomes, tasks } = await readOutcomes({ plan, ...record }, storeOf(folder, record));
  const trials = trialsOf(outcomes, plan);
  const isHeld = (await lockState(folder)) === 'held';
  const isDone = tasks.length === outcomes.length;
  const state = isHeld ? 'running' : isDone ? 'done' : 'stopped';
  const epochs = epochsIn(outcomes);
  if (json) {
    process.stdout.write(`${JSON.stringify({ state, trials, epochs, of: plan.strategy.epochs })}\n`);
    return;
  }
  talk(
    `${paint('bold', printable(basename(folder)))}: ${state}, ${epochs} of ${plan.strategy.epochs} epochs of ${plan.strategy.trials} trials`,
  );
  if (outcomes.length > 0) showTrials(plan, outcomes);
  if (state === 'stopped') talk(`\nGo on with it: latentkit sweep resume ${quoteArgument(folder)}`);
}

/** Epochs that outcomes took, where later ones of a trial go on from earlier ones. */
function epochsIn(outcomes: readonly TrialOutcome[]): number {
  const most = new Map<number, number>();
  for (const { trial, epochs } of outcomes) most.set(trial, Math.max(epochs, most.get(trial) ?? 0));
  return [...most.values()].reduce((sum, epochs) => sum + epochs, 0);
}

/** Workers of a queue have folders of data of their own. */
function withoutFolder({
  dataset: { dataDir: _, ...dataset },
  ...config
}: ExperimentConfig): ExperimentConfig {
  return { ...config, dataset: dataset as ExperimentConfig['dataset'] };
}

/** What is said of the data. */
function dataOf({ data, labels, validationData, validationLabels, dataDir }: SweepOptions) {
  const given = Object.entries({ data, labels, validationData, validationLabels, dataDir });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as ImageFiles & {
    dataDir?: string;
  };
}

async function readSweepFile(path: string) {
  const bytes = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' }[cause.code ?? ''];
    throw new LatentkitError('E_NOT_FOUND', `cannot read ${path}: ${reason ?? cause.message}`, {
      fix: 'Name a file that says what to sweep; sweep init writes one',
      cause,
    });
  });
  return parseSweep(parseJson(withoutComments(bytes), path), path);
}

/** What trials have in common: the recipe, and what the file's config changes. */
async function resolveBase(
  path: string,
  { recipe, config = {} }: ReturnType<typeof parseSweep>,
  data: ReturnType<typeof dataOf>,
): Promise<ExperimentConfig> {
  try {
    return await resolveConfig({ ...data, ...(recipe !== undefined && { recipe }) }, config);
  } catch (error) {
    if (!(error instanceof LatentkitError)) throw error;
    throw new LatentkitError(error.code, `${path}: ${error.message}`, { cause: error });
  }
}

/** @throws what a model cannot be, naming the settings, before the first is trained. */
function checkTrials(
  plan: SweepPlan,
  { train, columns }: Awaited<ReturnType<typeof loadTrialData>>['dataset'],
) {
  for (const { settings } of plan.strategy.tasks([])) {
    try {
      createModel(modelSpecOf(plan.configOf(settings), train.shape, columns));
    } catch (error) {
      if (!(error instanceof LatentkitError)) throw error;
      throw new LatentkitError(error.code, `${describeSettings(settings)}: ${error.message}`, {
        cause: error,
      });
    }
  }
}

async function checkNoSweep(folder: string): Promise<void> {
  if (!(await isThere(join(folder, SWEEP_FILES.sweep)))) return;
  throw new LatentkitError('E_EXISTS', `${folder} holds a sweep already`, {
    fix: `Go on with it: latentkit sweep resume ${quoteArgument(folder)}; or choose another folder with --out`,
  });
}

function tellPlan(
  { config, plan, dataText }: SweepRecord & { plan: SweepPlan },
  folder: string,
  workers: number,
) {
  const { strategy, strategyName } = plan;
  talk(`${paint('bold', config.recipe)} on ${dataText}`);
  talk(
    `${paint('bold', strategyName)}: ${strategy.trials} trials, ${strategy.epochs} epochs in all, ${workers} at once, into ${printable(folder)}`,
  );
}

/** Tells of outcomes as they come, and of what is under way. */
function createView(plan: SweepPlan, line: WorkOptions['tools']['line'], json: boolean) {
  const underWay = new Map<string, string>();
  const outcomes: TrialOutcome[] = [];
  const width = String(plan.strategy.trials - 1).length;
  const draw = () =>
    line.update(() => {
      const share = Math.floor((100 * epochsIn(outcomes)) / plan.strategy.epochs);
      return `${share}% of ${plan.strategy.epochs} epochs  ${[...underWay.values()].join('  ')}`.slice(
        0,
        line.width,
      );
    });
  return {
    event({ type, id, progress }: JobEvent) {
      if (type !== 'started' && type !== 'progress') underWay.delete(id);
      else {
        const { epoch, epochs } = Object(progress) as { epoch?: number; epochs?: number };
        underWay.set(id, epoch === undefined ? 'begins' : `epoch ${epoch}/${epochs}`);
      }
      draw();
    },
    outcome(outcome: TrialOutcome) {
      outcomes.push(outcome);
      line.clear();
      const { trial, epochs, value, settings, failure } = outcome;
      if (json) {
        const plain = { trial, epochs, value: Number.isFinite(value) ? value : null, settings, failure };
        process.stdout.write(`${JSON.stringify(plain)}\n`);
        return;
      }
      const result = failure === undefined ? value.toFixed(3) : paint('yellow', 'failed');
      talk(
        `trial ${String(trial).padStart(width)}  epoch ${epochs}/${plan.epochs}  ${result}  ${paint('dim', describeSettings(settings))}`,
      );
      if (failure !== undefined) talk(paint('dim', `  ${printable(failure)}`));
      draw();
    },
  };
}

const SHOWN = 10;

function showTrials(plan: SweepPlan, outcomes: readonly TrialOutcome[]): void {
  const trials = trialsOf(outcomes, plan);
  const lines = formatTable(
    trials.slice(0, SHOWN),
    [
      { title: 'trial', cell: ({ trial }) => String(trial) },
      { title: 'epochs', cell: ({ epochs }) => String(epochs) },
      {
        title: plan.judge === 'elbo' ? '-ELBO' : plan.judge,
        cell: ({ value }) => value?.toFixed(3) ?? 'failed',
      },
      { title: 'settings', align: 'left', cell: ({ settings }) => describeSettings(settings) },
    ],
    { width: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY },
  );
  for (const text of lines) process.stdout.write(`${text}\n`);
  if (trials.length > SHOWN) talk(paint('dim', `and ${trials.length - SHOWN} more in ${SWEEP_FILES.csv}`));
}
