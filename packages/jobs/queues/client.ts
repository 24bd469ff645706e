// Who hands jobs in, as a program of its own, for tests on other hosts: their outcomes are lines of JSON.
import type { Job } from '../src/job.ts';
import { openJobQueue } from '../src/node/open-job-queue.ts';

const [url, jobs] = process.argv.slice(2);
const queue = await openJobQueue(url!, { patience: 120 });
const ids = await queue.enqueue(JSON.parse(jobs!) as Job[]);
for await (const outcome of queue.results(ids)) process.stdout.write(`${JSON.stringify(outcome)}\n`);
await queue.close();
