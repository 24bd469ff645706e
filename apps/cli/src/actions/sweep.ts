import { rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { describeData, type ExperimentConfig, planSweep, type SweepPlan } from '@latentkit/experiment';
import { type ImageFiles, lockFolder, lockState } from '@latentkit/experiment/node';
import { isThere } from '@latentkit/formats/node';
import {
  type CommandTools,
  formatDuration,
  paint,
  printable,
  quoteArgument,
  runCommand,
  talk,
} from '@latentkit/terminal';
import { openQueue, type QueueOptions, queueUrlOf } from '../jobs/queue-options.ts';
import { inFolder, makeDatedFolder, makeOutFolder } from '../out-folder.ts';
import { programVersion } from '../program-version.ts';
import { checkTrials, readSweepFile, resolveBase } from '../sweep/read-sweep-file.ts';
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
import { createSweepView, epochsIn, showTrials, tellPlan } from '../sweep/sweep-view.ts';
import { loadTrialData } from '../sweep/trial-job.ts';

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
  tools: CommandTools;
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
  const view = createSweepView(record.plan, line, json);
  let journal: SweepJournal | undefined;
  try {
    await rm(stopFile, { force: true });
    if (isNew) await writeRecord(folder, record);
    const store = storeOf(folder, record);
    if (!json) tellPlan(record, folder, workers);
    if (!json && isShared) talk(`Workers: latentkit worker --queue ... --store ${quoteArgument(store)}`);
    // Told one by one, what is done already would seem to begin now.
    const before = isNew ? 0 : (await readOutcomes(record, store)).outcomes.length;
    journal = await openSweepJournal(join(folder, SWEEP_FILES.journal), store, record.plan);
    const done = await runTrials({
      ...record,
      ...(dataDir !== undefined && { dataDir }),
      ...{ store, queue, workers, threads: Math.max(1, Math.floor(availableParallelism() / (workers || 1))) },
      signal: AbortSignal.any([signal, asked.signal]),
      onOutcome(outcome) {
        outcomes.push(outcome);
        view.outcome(outcome);
        if (outcomes.length < before) return;
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

async function checkNoSweep(folder: string): Promise<void> {
  if (!(await isThere(join(folder, SWEEP_FILES.sweep)))) return;
  throw new LatentkitError('E_EXISTS', `${folder} holds a sweep already`, {
    fix: `Go on with it: latentkit sweep resume ${quoteArgument(folder)}; or choose another folder with --out`,
  });
}
