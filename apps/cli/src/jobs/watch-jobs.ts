import { LatentkitError, unpackError } from '@latentkit/core';
import type { JobOutcome, JobQueue, JobStatus } from '@latentkit/jobs';
import { type CommandTools, formatCount, formatDuration, printable } from '@latentkit/terminal';

const LOOK_EACH = 1000; // ms
/** What is wrong with a job by these is wrong with those beside it. */
const HOPELESS: readonly string[] = ['E_USAGE', 'E_RANGE', 'E_SHAPE', 'E_FORMAT'];

/** A job that came to its end. */
export type DoneJob = Extract<JobOutcome, { state: 'done' }>;

/**
 * Waits for jobs with one live line of all of them.
 *
 * @returns how they ended, in the order of the ids.
 * @throws the error of the first that failed, once the others are done, with how many did; at once where the others would fail alike.
 */
export async function watchJobs(
  queue: JobQueue,
  ids: readonly string[],
  what: string,
  { line, signal }: Pick<CommandTools, 'line' | 'signal'>,
): Promise<DoneJob[]> {
  const began = performance.now();
  const outcomes = new Map<string, JobOutcome>();
  let running: readonly JobStatus[] = [];
  const show = () => line.update(() => progressLine(what, ids.length, outcomes.size, running, began));
  const looking = setInterval(async () => {
    const left = ids.filter((id) => !outcomes.has(id));
    running = (await queue.progress(left).catch(() => [])).filter(({ state }) => state === 'running');
    show();
  }, LOOK_EACH);
  try {
    for await (const outcome of queue.results(ids, { signal })) {
      outcomes.set(outcome.id, outcome);
      show();
      const error = outcome.state === 'failed' ? unpackError(outcome.error) : undefined;
      if (!(error instanceof LatentkitError) || !HOPELESS.includes(error.code)) continue;
      await queue.cancel(ids.filter((id) => !outcomes.has(id))).catch(() => undefined);
      throw error;
    }
  } finally {
    clearInterval(looking);
    line.clear();
  }
  const ended = ids.map((id) => outcomes.get(id)!);
  const bad = ended.filter((outcome) => outcome.state !== 'done');
  if (bad.length === 0) return ended as DoneJob[];
  const [first] = bad;
  const cause = first!.state === 'failed' ? unpackError(first!.error) : undefined;
  const { code, message } = (cause ?? { message: 'it was cancelled' }) as LatentkitError;
  throw new LatentkitError(
    code ?? 'E_IO',
    `${formatCount(bad.length)} of ${formatCount(ids.length)} jobs came to nothing; the first, ${first!.id.slice(0, 12)}: ${printable(message)}`,
    { fix: 'What is done is kept: the same command goes on with the rest', cause },
  );
}

function progressLine(
  what: string,
  count: number,
  done: number,
  running: readonly JobStatus[],
  began: number,
): string {
  const fractions = running.map(({ progress }) => Number((progress as { fraction?: number })?.fraction ?? 0));
  const share = (done + fractions.reduce((sum, fraction) => sum + fraction, 0)) / count;
  const elapsed = (performance.now() - began) / 1000;
  const left = share > 0.02 ? `, ${formatDuration((elapsed / share) * (1 - share))} left` : '';
  return `${what}: ${done}/${count} done, ${running.length} under way, ${Math.floor(100 * share)}%${left}`;
}
