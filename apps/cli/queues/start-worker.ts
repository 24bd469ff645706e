import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { JobEvent } from '@latentkit/jobs';
import { expect, onTestFinished } from 'vitest';
import { MAIN } from '../src/testing/run-cli.ts';

/** Milliseconds after which a test is taken for hung: each takes some seconds, and many times that on a machine that is busy. */
export const LIMIT = 300_000;

/** `latentkit worker` in a process of its own, which ends with the test, and what it said. */
export function startWorker(queue: string, words: readonly string[]) {
  const worker: ChildProcess = spawn(
    process.execPath,
    [MAIN, 'worker', '--workers', '1', '--log', 'json', ...words],
    {
      env: { ...process.env, LATENTKIT_QUEUE: queue },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const events: (JobEvent & { time: string })[] = [];
  let said = '';
  createInterface({ input: worker.stdout! }).on('line', (line) => {
    said += line;
    events.push(JSON.parse(line));
  });
  worker.stderr!.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  onTestFinished(() => void worker.kill('SIGKILL'));
  return {
    events,
    said: () => said,
    kill: (signal: NodeJS.Signals) => worker.kill(signal),
    ended: () => new Promise<number | null>((resolve) => worker.once('exit', resolve)),
    async says(fits: (event: JobEvent) => boolean): Promise<void> {
      await expect.poll(() => events.some(fits), { timeout: LIMIT, interval: 20 }).toBe(true);
    },
  };
}
