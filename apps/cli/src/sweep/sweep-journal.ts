import { appendFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SweepPlan } from '@latentkit/experiment';
import { RUN_FILES } from '@latentkit/experiment/node';
import { diskError, writeAtomically } from '@latentkit/formats/node';
import { jobRunFolder } from '@latentkit/jobs/node';
import { createOptunaJournal, type JournalTrial } from '@latentkit/sweeps';
import { type TrialOutcome, trialsOf } from './run-trials.ts';

/** The journal of a sweep that goes on, for those who watch it. */
export interface SweepJournal {
  /** Puts what is new behind what is there: `isOver` when no trial goes on any more. */
  tell(outcomes: readonly TrialOutcome[], isOver: boolean): Promise<void>;
}

/**
 * Begins a sweep's journal, anew where there is one: `optuna-dashboard` shows what comes.
 *
 * @param store where the jobs lie.
 * @throws `E_IO`.
 */
export async function openSweepJournal(path: string, store: string, plan: SweepPlan): Promise<SweepJournal> {
  const journal = createOptunaJournal(basename(join(path, '..')), plan.space);
  const times = new Map<string, Date>();
  const timeOf = async (job: string | undefined, file: string): Promise<Date | undefined> => {
    if (job === undefined) return undefined;
    const at = join(jobRunFolder(store, job), file);
    const time = times.get(at) ?? (await stat(at).catch(() => undefined))?.mtime;
    if (time) times.set(at, time);
    return time;
  };
  const opened = new Date();
  let last = writeAtomically(path, journal.next([]));
  await last;

  async function trialsNow(outcomes: readonly TrialOutcome[], isOver: boolean): Promise<JournalTrial[]> {
    const known = trialsOf(outcomes, plan);
    const tasks = new Map(plan.strategy.tasks(outcomes).map(({ trial, settings }) => [trial, settings]));
    // A trial's number is its place: those that are under way are there, too.
    const count = 1 + Math.max(-1, ...tasks.keys(), ...known.map(({ trial }) => trial));
    return Promise.all(
      Array.from({ length: count }, async (_, number): Promise<JournalTrial> => {
        const trial = known.find((one) => one.trial === number);
        const jobs = outcomes.filter((outcome) => outcome.trial === number).map(({ job }) => job);
        const began = (await timeOf(jobs[0], RUN_FILES.config)) ?? opened;
        if (!trial) return { settings: tasks.get(number) ?? {}, state: 'running', values: [], began };
        // One of a rung may go on as long as others of it are under way.
        if (trial.state === 'stopped' && !isOver) return { ...trial, state: 'running', began };
        return { ...trial, began, ended: (await timeOf(jobs.at(-1), 'result.json')) ?? began };
      }),
    );
  }

  return {
    async tell(outcomes, isOver) {
      const now = [...outcomes];
      // One after the other, whoever calls: lines have an order.
      last = last.then(async () => {
        const lines = journal.next(await trialsNow(now, isOver));
        await appendFile(path, lines).catch((error: unknown) => {
          throw diskError(path, error);
        });
      });
      await last;
    },
  };
}
