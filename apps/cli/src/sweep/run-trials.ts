import { type CarriedError, LatentkitError, unpackError } from '@latentkit/core';
import { anyNumber, checkBy, fields, list, nullable, optional, text, whole } from '@latentkit/core/schema';
import type { SweepPlan, SweepTrial } from '@latentkit/experiment';
import type { ImageFiles, TrialResult } from '@latentkit/experiment/node';
import {
  type JobData,
  type JobEvent,
  type JobOutcome,
  type JobQueue,
  type Json,
  jobId,
} from '@latentkit/jobs';
import { readResult } from '@latentkit/jobs/node';
import { type Outcome, rankTrials, runSweep, type Task } from '@latentkit/sweeps';
import { namesOfFiles, type TrialPayload, trialJob } from './trial-job.ts';

/** What came of a task of a sweep, and the job that did it. */
export interface TrialOutcome extends Outcome {
  readonly settings: Task['settings'];
  readonly job: string;
  /** None where the job failed. */
  readonly result?: TrialResult;
  readonly failure?: string | undefined;
}

/** What decides the jobs of a sweep, and so what comes of them. */
export interface SweepJobs {
  readonly plan: SweepPlan;
  readonly data: JobData;
  /** Of one's own data. */
  readonly files: ImageFiles;
  readonly codeVersion: string;
}

export interface RunTrialsOptions extends SweepJobs {
  /** Where jobs lie. */
  store: string;
  queue: JobQueue;
  /** Trials at once by processes of this machine; none where others do the work. */
  workers: number;
  /** Threads a trial. */
  threads: number;
  /** Of this machine: where the datasets' files lie, if the trials' config does not say. */
  dataDir?: string;
  signal: AbortSignal;
  onOutcome: (outcome: TrialOutcome) => void;
  /** Hears of a job that is under way. */
  onEvent: (event: JobEvent) => void;
}

/** Has all trials of a sweep trained by the queue's workers, those of this machine among them, and the best of them reported. */
export async function runTrials({
  store,
  queue,
  workers,
  threads,
  dataDir,
  signal,
  onOutcome,
  onEvent,
  ...sweep
}: RunTrialsOptions): Promise<{ outcomes: TrialOutcome[]; reported: TrialOutcome[] }> {
  const over = new AbortController();
  const left = new Set<string>(); // jobs that have not ended
  const work =
    workers === 0
      ? Promise.resolve()
      : queue.work({
          program: new URL('../../dist/sweep/trial-program.js', import.meta.url),
          arguments: [JSON.stringify({ store, files: sweep.files, threads, dataDir })],
          ...{ folder: store, children: workers, onEvent },
          signal: AbortSignal.any([signal, over.signal]),
        });
  const broken = work.then(() => new Promise<never>(() => undefined)); // work ends by the signal, or throws
  const doTasks = async () => {
    const outcomes = await runSweep(sweep.plan.strategy, {
      run: createRunner(sweep, (job) => doJob(queue, job, { signal, left })),
      onOutcome,
    });
    const { failure } = outcomes.find(({ result }) => result === undefined) ?? {};
    if (outcomes.every(({ result }) => result === undefined)) throw allFailed(failure);
    const reported = await Promise.all(
      bestOf(outcomes, sweep.plan).map(async ({ trial, epochs, settings, job }) => {
        const run = createRunner(sweep, (one) => doJob(queue, one, { signal, left }), { [trial]: job });
        return run({ trial, epochs, settings }, true);
      }),
    );
    return { outcomes, reported };
  };
  try {
    return await Promise.race([doTasks(), broken]);
  } finally {
    over.abort();
    if (signal.aborted) await queue.cancel([...left]).catch(() => undefined); // others would go on with them
    await work.catch(() => undefined);
  }
}

const REPORTED = 3;

/** The best trials that came to their end. */
function bestOf(outcomes: readonly TrialOutcome[], { epochs }: SweepPlan): TrialOutcome[] {
  return rankTrials(outcomes)
    .filter((one) => one.epochs === epochs && Number.isFinite(one.value))
    .slice(0, REPORTED);
}

type Runner = (task: Task, isReported?: boolean) => Promise<TrialOutcome>;

/** Makes jobs of tasks: one of a later rung goes on from the job of the rung before. */
function createRunner(
  { plan, data, files, codeVersion }: SweepJobs,
  doIt: (job: ReturnType<typeof trialJob>) => Promise<JobOutcome>,
  before: Record<number, string> = {},
): Runner {
  const last = { ...before };
  return async ({ trial, epochs, settings }, isReported) => {
    const config = plan.configOf(settings);
    const payload: Omit<TrialPayload, 'config'> = {
      epochs,
      judge: plan.judge,
      after: last[trial],
      isReported,
      files: namesOfFiles(files),
    };
    const outcome = await doIt(trialJob({ ...payload, config }, { data, codeVersion }));
    last[trial] = outcome.id;
    return outcomeOf(outcome, { trial, epochs, settings });
  };
}

async function doJob(
  queue: JobQueue,
  job: ReturnType<typeof trialJob>,
  { signal, left }: { signal: AbortSignal; left: Set<string> },
): Promise<JobOutcome> {
  const ids = await queue.enqueue([job]);
  for (const id of ids) left.add(id);
  for await (const outcome of queue.results(ids, { signal })) {
    left.delete(outcome.id);
    if (outcome.state === 'failed' && isOfDisk(outcome.error)) throw unpackError(outcome.error);
    return outcome;
  }
  throw new LatentkitError('E_IO', 'a trial was lost');
}

/** A disk that refuses says nothing of a trial, and would refuse the next; a process that was killed may be its settings' fault. */
function isOfDisk({ code, message }: CarriedError): boolean {
  return code === 'E_IO' && message.startsWith('could not write');
}

function outcomeOf(outcome: JobOutcome, task: Task): TrialOutcome {
  const of = { ...task, job: outcome.id };
  if (outcome.state === 'done') {
    const result = resultOf(outcome.value, outcome.id);
    return { ...of, value: result.value ?? Number.POSITIVE_INFINITY, result, failure: result.failure };
  }
  const failure = outcome.state === 'failed' ? unpackError(outcome.error).message : 'it was cancelled';
  return { ...of, value: Number.POSITIVE_INFINITY, failure };
}

/** As JSON has a {@link TrialResult}, in a store that others write to: what is infinite is null. */
const trialResult = fields({
  epochs: whole(0),
  value: nullable(anyNumber()),
  values: list(nullable(anyNumber())),
  keptEpoch: whole(0),
  reconstruction: optional(anyNumber()),
  kl: optional(anyNumber()),
  weights: text(),
  failure: optional(text()),
});

function resultOf(value: Json, id: string): TrialResult {
  const result = checkBy(trialResult, value, `the result of job ${id}`, 'E_FORMAT');
  return { ...result, values: result.values.map((one) => one ?? Number.POSITIVE_INFINITY) };
}

function allFailed(failure = 'nothing is known of them'): LatentkitError {
  return new LatentkitError('E_USAGE', `all trials of the sweep failed, the first with: ${failure}`);
}

/** What came of a sweep so far, as the store knows it: nothing is trained. */
export async function readOutcomes(
  sweep: SweepJobs,
  store: string,
): Promise<{ outcomes: TrialOutcome[]; tasks: readonly Task[] }> {
  const outcomes: TrialOutcome[] = [];
  const waiting = Symbol('waiting');
  const run = createRunner(sweep, async (job) => {
    const id = await jobId(job);
    const known = await readResult(store, id);
    if (!known) throw waiting;
    return { id, state: 'done', ...known };
  });
  const seen = new Set<string>();
  for (;;) {
    const tasks = sweep.plan.strategy.tasks(outcomes);
    const fresh = tasks.filter(({ trial, epochs }) => !seen.has(`${trial} ${epochs}`));
    if (fresh.length === 0) return { outcomes, tasks };
    for (const task of fresh) {
      seen.add(`${task.trial} ${task.epochs}`);
      try {
        outcomes.push(await run(task));
      } catch (error) {
        if (error !== waiting) throw error;
      }
    }
  }
}

/** Outcomes as the trials of a table, the best first. */
export function trialsOf(outcomes: readonly TrialOutcome[], { epochs }: SweepPlan): SweepTrial[] {
  return rankTrials(outcomes).map(({ trial, settings, epochs: until, result, failure }) => ({
    ...{ trial, settings, failure },
    state: failure !== undefined ? 'failed' : until < epochs ? 'stopped' : 'done',
    epochs: result?.epochs ?? 0,
    value: result?.value ?? undefined,
    values: result?.values ?? [],
    ...(result && failure === undefined && pick(result)),
  }));
}

function pick({ keptEpoch, reconstruction, kl, weights }: TrialResult) {
  return { keptEpoch, reconstruction, kl, weights };
}
