import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { type Job, jobId } from '../src/job.ts';
import type { JobEvent, JobOutcome } from '../src/job-queue.ts';
import { tinyJob } from '../src/testing/tiny-job.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** Milliseconds after which a test is taken for hung: each takes a few seconds, and many times that on a machine that is busy. */
export const LIMIT = 300_000;

export const say = (words: string) => void process.stdout.write(`${words}\n`);

interface Seen extends JobEvent {
  readonly progress?: { epoch: number; from: number; pid: number };
  readonly notice?: string;
}

/** A worker in a process of its own, and what it said. */
export function startWorker(
  url: string,
  folder: string,
  { children = 1, wrap = [] as readonly string[], deadline = 3600 } = {},
) {
  const words = [...wrap, process.execPath, WORKER, url, folder, String(children), String(deadline)];
  const worker: ChildProcess = spawn(words[0]!, words.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  const events: Seen[] = [];
  createInterface({ input: worker.stdout! }).on('line', (line) => events.push(JSON.parse(line) as Seen));
  onTestFinished(() => void worker.kill('SIGKILL'));
  return {
    pid: worker.pid!,
    events,
    kill: (signal: NodeJS.Signals) => worker.kill(signal),
    /** The next thing that it says which fits. */
    async says(fits: (event: Seen) => boolean): Promise<Seen> {
      await expect.poll(() => events.some(fits), { timeout: LIMIT, interval: 20 }).toBe(true);
      return events.find(fits)!;
    },
  };
}

/** A job of small steps, each of them saved, that is held at one of them until whoever does it is gone. */
export const heldChain = (seed: number): Job => ({ ...tinyJob('count', { to: 6, holdAt: HELD_AT }), seed });

/** The same without a stop. */
export const chain = (seed: number, to = 6, ms = 1): Job => ({ ...tinyJob('count', { to, ms }), seed });

const HELD_AT = 3;

/** It is held. */
export const isHeld = ({ progress }: Seen) => progress?.epoch === HELD_AT;

/** Another attempt goes on from there. */
export const isResumed = ({ progress }: Seen) => progress?.from === HELD_AT;

/** What chains come to, whoever does them: hashes of hashes. */
export async function outcomesOfChains(jobs: readonly Job[]): Promise<JobOutcome[]> {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const outcomes = jobs.map(async (job): Promise<JobOutcome> => {
    const to = Number(job.payload.to);
    let link = String(job.seed);
    for (let epoch = 1; epoch <= to; epoch++) link = sha256(link);
    return { id: await jobId(job), state: 'done', value: to, files: { 'link.txt': sha256(link) } };
  });
  return byId(await Promise.all(outcomes));
}

export const byId = (outcomes: readonly JobOutcome[]) =>
  [...outcomes].sort((a, b) => a.id.localeCompare(b.id));
