// What a job costs: a pool of processes beside queues on servers that this starts on loopback. Figures go to docs/benchmarks.md.
// pnpm bench:jobs --jobs 1000 --only redis
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Job } from '../src/job.ts';
import type { JobQueue } from '../src/job-queue.ts';
import { openJobQueue } from '../src/node/open-job-queue.ts';
import { createPoolQueue } from '../src/node/pool-queue.ts';
import { memoryOf, SERVERS } from '../src/testing/servers.ts';
import { TINY_JOBS, tinyJob } from '../src/testing/tiny-job.ts';

const { values } = parseArgs({
  options: { jobs: { type: 'string', default: '10000' }, only: { type: 'string', default: '' } },
});
const JOBS = Number(values.jobs);
const FEW = Math.min(JOBS, 500);
const TRIES = 3; // of which the best counts: others work on most machines, too
const HEAVY = 20;
const ROUNDS = 250_000; // some tenths of a second
const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** Workers of a queue: processes of their own where a server is between. */
interface Workers {
  /** Bytes, of them and their children. */
  memory(): number;
  end(): Promise<void>;
}

interface Carrier {
  readonly queue: JobQueue;
  begin(shape: { workers: number; children: number }): Workers;
  memory?(): number;
  end(): Promise<void>;
}

function openPool(folder: string): Carrier {
  let queue = createPoolQueue();
  return {
    get queue() {
      return queue;
    },
    begin({ workers, children }) {
      queue = createPoolQueue();
      const working = queue.work({ program: TINY_JOBS, folder, children: workers * children });
      return {
        memory: () => memoryOf(process.pid),
        async end() {
          await queue.close();
          await working;
        },
      };
    },
    end: async () => undefined,
  };
}

async function openServer(folder: string, { open }: (typeof SERVERS)[number]): Promise<Carrier> {
  const server = await open();
  const queue = await openJobQueue(server.url);
  const start = (children: number): ChildProcess =>
    spawn(process.execPath, [WORKER, server.url, folder, String(children)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  return {
    queue,
    begin({ workers, children }) {
      const crew = Array.from({ length: workers }, () => start(children));
      const gone = crew.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
      return {
        memory: () => crew.reduce((sum, { pid }) => sum + memoryOf(pid!), 0),
        async end() {
          for (const worker of crew) worker.kill('SIGKILL');
          await Promise.all(gone);
        },
      };
    },
    memory: () => server.memory(),
    async end() {
      await queue.close();
      await server.end();
    },
  };
}

let made = 0;
const tiny = (count: number) => Array.from({ length: count }, () => tinyJob('square', { of: made++ }));
const heavy = (count: number, rounds = ROUNDS) =>
  Array.from({ length: count }, () => tinyJob('compute', { rounds, of: made++ }));

/** Hands jobs in and has them done; each tenth of them is told. */
async function time(queue: JobQueue, jobs: readonly Job[], onTenth = () => {}) {
  const began = performance.now();
  const ids = await queue.enqueue(jobs);
  const enqueued = performance.now();
  let done = 0;
  for await (const { state, id } of queue.results(ids)) {
    if (state !== 'done') throw new Error(`job ${id} ${state}`);
    if (++done % (jobs.length / 10) === 0) onTenth();
  }
  return { enqueue: (enqueued - began) / 1000, all: (performance.now() - began) / 1000 };
}

/** Seconds of jobs on workers that are warm: each child has done one before. */
async function timeOn(
  carrier: Carrier,
  shape: { workers: number; children: number },
  jobs: readonly Job[],
  onTenth?: (workers: Workers) => void,
) {
  const workers = carrier.begin(shape);
  await time(carrier.queue, heavy(8 * shape.workers * shape.children, ROUNDS / 10));
  const seconds = await time(carrier.queue, jobs, () => onTenth?.(workers));
  await workers.end();
  return seconds;
}

/** The quickest of some tries. */
async function best<Times extends { all: number }>(measureOnce: () => Promise<Times>): Promise<Times> {
  const tries: Times[] = [];
  while (tries.length < TRIES) tries.push(await measureOnce());
  return tries.reduce((one, other) => (other.all < one.all ? other : one));
}

const mebibytes = (bytes: number | undefined) =>
  bytes === undefined ? '-' : String(Math.round(bytes / 2 ** 20));

async function measure(name: string, carrier: Carrier): Promise<string[]> {
  const one = await best(() => timeOn(carrier, { workers: 1, children: 1 }, tiny(FEW)));
  const memory: number[] = [];
  const many = await timeOn(carrier, { workers: 1, children: 2 }, tiny(JOBS), (workers) =>
    memory.push(workers.memory()),
  );
  const server = carrier.memory?.();
  const alone = await best(() => timeOn(carrier, { workers: 1, children: 1 }, heavy(HEAVY)));
  const both = await best(() => timeOn(carrier, { workers: 2, children: 1 }, heavy(HEAVY)));
  return [
    name,
    `${((1000 * one.all) / FEW).toFixed(1)} ms`,
    `${many.enqueue.toFixed(1)} s`,
    String(Math.round(JOBS / many.all)),
    `${memory.map(mebibytes).join(' ')} MiB`,
    `${mebibytes(server)} MiB`,
    `${(alone.all / both.all).toFixed(2)} (${alone.all.toFixed(1)} s / ${both.all.toFixed(1)} s)`,
  ];
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
const row = (cells: readonly string[]) => say(`| ${cells.join(' | ')} |`);
say(
  `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.versions.node}, ${JOBS} tiny jobs\n`,
);
const titles = [
  ...['carried by', 'overhead a job', 'handed in', 'jobs a second', 'worker, after each tenth of them'],
  ...['server', 'two workers over one'],
];
row(titles);
row(titles.map(() => '---'));
const kinds = [
  { name: 'pool of processes', open: async (folder: string) => openPool(folder) },
  ...SERVERS.filter(({ missing }) => !missing).map((kind) => ({
    name: kind.version(),
    open: (folder: string) => openServer(folder, kind),
  })),
].filter(({ name }) => name.toLowerCase().includes(values.only.toLowerCase()));
for (const { name, open } of kinds) {
  const folder = mkdtempSync(join(tmpdir(), 'latentkit-bench-'));
  const carrier = await open(folder);
  row(await measure(name, carrier));
  await carrier.end();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
