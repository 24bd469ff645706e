// A worker as a program of its own, for tests that kill, stop and cut off workers: its events are lines of JSON.
import { openJobQueue } from '../src/node/open-job-queue.ts';
import { TINY_JOBS } from '../src/testing/tiny-job.ts';

const [url, folder, children = '1', deadline] = process.argv.slice(2);
const write = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`);
const PATIENCE = 120; // s: a machine may be busy
const queue = await openJobQueue(url!, {
  lockSeconds: 2,
  patience: PATIENCE,
  onNotice: (notice) => write({ type: 'notice', notice }),
});
await queue.work({
  ...{ program: TINY_JOBS, folder: folder!, children: Number(children), onEvent: write },
  ...(deadline !== undefined && { progressDeadlineSeconds: Number(deadline) }),
});
