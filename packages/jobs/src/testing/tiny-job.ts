import type { Job } from '../job.ts';
import type { JobOutcome } from '../job-queue.ts';

/** The program of {@link tinyJob}s. */
export const TINY_JOBS = new URL('./tiny-jobs.ts', import.meta.url);

export const tinyJob = (kind: string, payload: Job['payload'] = {}, codeVersion = '1'): Job => ({
  kind,
  payload,
  codeVersion,
});

export async function collectOutcomes(outcomes: AsyncIterable<JobOutcome>): Promise<JobOutcome[]> {
  const all: JobOutcome[] = [];
  for await (const outcome of outcomes) all.push(outcome);
  return all;
}
