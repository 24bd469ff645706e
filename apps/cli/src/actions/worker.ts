import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { runCommand, talk } from '@latentkit/terminal';
import { createJobLog, type LogFormat } from '../jobs/job-log.ts';
import { openQueue, type QueueOptions, requireQueue } from '../jobs/queue-options.ts';
import { programOf } from '../jobs/work-options.ts';

export interface WorkerOptions extends QueueOptions {
  store: string;
  runs?: string;
  dataDir?: string;
  allowUrl?: string[];
  children?: number;
  workers?: number;
  log: LogFormat;
  lockSeconds?: number;
  progressDeadline?: number;
}

/** Works on a queue's jobs until it is told to stop. */
export async function worker(options: WorkerOptions): Promise<void> {
  const { store, runs, dataDir, allowUrl, children = 1, workers, log, progressDeadline } = options;
  requireQueue('worker', options);
  const leaves = 'Stopped; jobs that were under way wait for another worker, from their last checkpoint.';
  await runCommand({ json: log === 'json', leaves }, async ({ signal, note, stopped }) => {
    const queue = await openQueue(options, note);
    try {
      talk(`Working on jobs of the queue, ${children} at once; results go to ${store}. Ctrl-C stops`);
      const threads = workers ?? Math.max(1, Math.floor(availableParallelism() / children));
      const allowed = { runs: runs && resolve(runs), data: dataDir && resolve(dataDir), urls: allowUrl };
      const program = programOf({ allowed, store: resolve(store), threads });
      await queue.work({
        ...program,
        ...{ folder: resolve(store), children, signal, onEvent: createJobLog(log) },
        ...(progressDeadline !== undefined && { progressDeadlineSeconds: progressDeadline }),
      });
    } finally {
      await queue.close();
    }
    stopped(leaves);
  });
}
