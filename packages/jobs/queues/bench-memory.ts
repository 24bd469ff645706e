// What a worker and its child keep of jobs that ended: all of their memory beside what is in use after a forced collection, which
// is what a leak would show in. Figures go to docs/benchmarks.md.
// pnpm bench:jobs-memory --jobs 10000 --only redis
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Job } from '../src/job.ts';
import type { JobQueue } from '../src/job-queue.ts';
import { openJobQueue } from '../src/node/open-job-queue.ts';
import { memoryInUse } from '../src/testing/memory-in-use.ts';
import { SERVERS } from '../src/testing/servers.ts';
import { collectOutcomes, TINY_JOBS, tinyJob } from '../src/testing/tiny-job.ts';

const { values } = parseArgs({
  options: { jobs: { type: 'string', default: '10000' }, only: { type: 'string', default: '' } },
});
const TENTH = Math.ceil(Number(values.jobs) / 10);

const say = (line: string) => void process.stdout.write(`${line}\n`);
const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);

/** The worker is this process, with one child; who hands jobs in has a queue of its own where a server is between. */
async function measure(name: string, queue: JobQueue, client: JobQueue): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'latentkit-bench-'));
  const working = queue.work({ program: TINY_JOBS, folder });
  const done = async (jobs: readonly Job[]) => collectOutcomes(client.results(await client.enqueue(jobs)));
  for (let tenth = 0; tenth <= 10; tenth++) {
    const first = (tenth - 1) * TENTH;
    if (tenth > 0) await done(Array.from({ length: TENTH }, (_, i) => tinyJob('square', { of: first + i })));
    const worker = memoryInUse();
    const [outcome] = await done([tinyJob('memory', { at: tenth })]);
    if (outcome?.state !== 'done') throw new Error('the child does not say what it has');
    const child = outcome.value as typeof worker;
    const cells = [worker, child].map(({ resident, used }) => `${mebibytes(resident)} | ${mebibytes(used)}`);
    say(`| ${name} | ${tenth * TENTH} | ${cells.join(' | ')} |`);
  }
  await queue.close();
  await working;
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

say('| carried by | jobs done | worker, MiB | in use of it | child, MiB | in use of it |');
say('| --- | --- | --- | --- | --- | --- |');
const isMeant = (name: string) => name.toLowerCase().includes(values.only.toLowerCase());
if (isMeant('pool of processes')) {
  const queue = await openJobQueue();
  await measure('pool of processes', queue, queue);
}
for (const { name, missing, open } of SERVERS) {
  if (missing || !isMeant(name)) continue;
  const server = await open();
  const client = await openJobQueue(server.url);
  await measure(name, await openJobQueue(server.url), client);
  await client.close();
  await server.end();
}
