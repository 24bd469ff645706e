import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import type { Job } from '../src/job.ts';
import type { JobEvent } from '../src/job-queue.ts';
import { tinyJob } from '../src/testing/tiny-job.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** Milliseconds that a test may take: on a machine that does nothing else each takes a few seconds. */
export const LIMIT = 60_000;

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

/** A job of many small steps, each of them saved. */
export const chain = (seed: number, to = 40, ms = 20): Job => ({ ...tinyJob('count', { to, ms }), seed });
