// What a queue on a server must live through. Workers are programs of their own, so that they can be killed, stopped and cut off.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPostgresBackend, Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { JobQueue } from '../src/job-queue.ts';
import { connectionOf } from '../src/node/bull/load-bull.ts';
import { parseQueueUrl } from '../src/node/bull/queue-address.ts';
import { jobRunFolder } from '../src/node/job-store.ts';
import { openJobQueue } from '../src/node/open-job-queue.ts';
import { openWire, type Wire } from '../src/testing/open-wire.ts';
import { memoryOf, type ServerKind, type TestServer } from '../src/testing/servers.ts';
import { temporaryFolder } from '../src/testing/temporary-folder.ts';
import { collectOutcomes, tinyJob } from '../src/testing/tiny-job.ts';
import {
  byId,
  chain,
  heldChain,
  isHeld,
  isResumed,
  LIMIT,
  outcomesOfChains,
  say,
  startWorker,
} from './start-worker.ts';

/** `pnpm bench:jobs` has the figures of 10,000. */
const MANY = 400;

/** What a queue on a server of a kind must live through. */
export function describeScenarios({ name, missing, open }: ServerKind): void {
  if (missing) {
    say(`${name} is not tried: ${missing}`);
    it.skip(`${name}: ${missing}`, () => {});
    return;
  }
  describe(name, { timeout: LIMIT }, () => {
    let server: TestServer;
    let queue: JobQueue;
    beforeAll(async () => {
      server = await open();
      queue = await openJobQueue(server.url, { patience: 120 });
    }, LIMIT);
    afterAll(async () => {
      await queue?.close();
      await server?.end();
    });

    it('six jobs on two workers, one child and one worker killed in an epoch: the results of one process alone', async () => {
      const held = [heldChain(1), heldChain(2)];
      const jobs = [...held, ...[3, 4, 5, 6].map((seed) => chain(seed))];
      const folder = temporaryFolder();
      const first = startWorker(server.url, folder);
      const second = startWorker(server.url, folder);
      await queue.enqueue(held);
      const inChild = await first.says(isHeld);
      const inWorker = await second.says(isHeld);
      const ids = await queue.enqueue(jobs);
      const collecting = collectOutcomes(queue.results(ids));
      second.kill('SIGKILL');
      process.kill(inChild.progress!.pid, 'SIGKILL');
      expect(byId(await collecting)).toEqual(await outcomesOfChains(jobs));
      expect(first.events.filter(({ type }) => type === 'retried')).toHaveLength(1);
      // Both lost jobs went on from where they were.
      const resumed = first.events.filter(isResumed).map(({ id }) => id);
      expect(new Set(resumed)).toEqual(new Set([inChild.id, inWorker.id]));
      for (const id of ids) expect(readdirSync(join(folder, id))).toEqual(['run']);
    });

    it('a worker that is stopped beyond its lock and woken: another one does the job, one result is kept', async () => {
      const folder = temporaryFolder();
      const first = startWorker(server.url, folder);
      const [id] = await queue.enqueue([heldChain(11)]);
      await first.says(isHeld);
      first.kill('SIGSTOP');
      const second = startWorker(server.url, folder);
      const [outcome] = await collectOutcomes(queue.results([id!]));
      first.kill('SIGCONT');
      expect(outcome).toMatchObject({ state: 'done', value: 6 });
      await second.says(({ type }) => type === 'done');
      // The first hears of it, and takes other jobs.
      await collectOutcomes(queue.results(await queue.enqueue([chain(12), chain(13), chain(14)])));
      expect(await queue.progress([id!])).toMatchObject([{ state: 'done' }]);
      expect(readdirSync(join(folder, id!))).toContain('run');
      const bytes = readFileSync(join(jobRunFolder(folder, id!), 'link.txt'), 'utf8');
      await first.says((event) => event.id === id && event.type !== 'progress' && event.type !== 'started');
      expect(readFileSync(join(jobRunFolder(folder, id!), 'link.txt'), 'utf8')).toBe(bytes);
    });

    it('the server is killed and started again: no job is lost, and none done twice', async () => {
      const jobs = Array.from({ length: 8 }, (_, i) => chain(20 + i, 20, 5));
      const folder = temporaryFolder();
      const worker = startWorker(server.url, folder, { children: 2 });
      const ids = await queue.enqueue(jobs);
      const collecting = collectOutcomes(queue.results(ids));
      await worker.says(({ type }) => type === 'done');
      await server.kill();
      await worker.says(({ notice }) => notice !== undefined); // it knows
      await server.start();
      expect(byId(await collecting)).toEqual(await outcomesOfChains(jobs));
      for (const id of ids) expect(readdirSync(join(folder, id))).toEqual(['run']);
    });

    it('the same job handed in by two at once is done once', async () => {
      const other = await openJobQueue(server.url, { patience: 120 });
      onTestFinished(() => other.close());
      const worker = startWorker(server.url, temporaryFolder(), { children: 2 });
      const [ids, same] = await Promise.all([queue.enqueue([chain(40)]), other.enqueue([chain(40)])]);
      expect(ids).toEqual(same);
      const outcomes = await Promise.all([queue, other].map((each) => collectOutcomes(each.results(ids))));
      expect(outcomes[0]).toEqual(outcomes[1]);
      expect(worker.events.filter(({ type }) => type === 'started')).toHaveLength(1);
    });

    it('a worker whose disk is full rests, and another one does the jobs', async () => {
      const jobs = Array.from({ length: 4 }, (_, i) => chain(50 + i));
      const folder = temporaryFolder();
      const full = startWorker(server.url, folder, { wrap: ['prlimit', '--fsize=60'] });
      // However long the other one takes to begin.
      const ids = await queue.enqueue(jobs, { attempts: 50 });
      await full.says(({ type, error }) => type === 'retried' && error?.code === 'E_IO');
      startWorker(server.url, folder);
      const outcomes = await collectOutcomes(queue.results(ids));
      expect(byId(outcomes)).toEqual(await outcomesOfChains(jobs));
    });

    it('a network that is cut between a worker and its queue: the job is finished once, elsewhere', async () => {
      const { port } = new URL(server.url);
      const wire: Wire = await openWire(Number(port));
      onTestFinished(() => wire.end());
      const url = new URL(server.url);
      url.port = String(wire.port);
      const folder = temporaryFolder();
      const cut = startWorker(url.href, folder);
      const [id] = await queue.enqueue([heldChain(60)], { attempts: 50 });
      await cut.says(isHeld);
      wire.cut(); // both sides go on, and neither hears the other
      const near = startWorker(server.url, folder);
      expect(await collectOutcomes(queue.results([id!]))).toMatchObject([{ state: 'done', value: 6 }]);
      wire.mend();
      expect((await near.says(({ type }) => type === 'done')).id).toBe(id);
      expect(readdirSync(join(folder, id!))).toContain('run');
      expect(await queue.progress([id!])).toMatchObject([{ state: 'done' }]);
    });

    it('a child that hangs is killed at its deadline, and the job goes on from its checkpoint', async () => {
      const worker = startWorker(server.url, temporaryFolder(), { deadline: 1 });
      const job = tinyJob('count', { to: 6, hangAt: 3 });
      const ids = await queue.enqueue([job], { attempts: 20 });
      expect(await collectOutcomes(queue.results(ids))).toMatchObject([{ state: 'done', value: 6 }]);
      const retried = worker.events.find(({ type }) => type === 'retried')!;
      expect(retried.error).toMatchObject({ code: 'E_IO', message: expect.stringContaining('as hung') });
    });

    it('what somebody else put on the queue is refused and told, and the worker lives on', async () => {
      const address = parseQueueUrl(server.url);
      const backend = (address.kind === 'postgres' ? createPostgresBackend : undefined) as undefined;
      const stranger = new Queue('latentkit', { connection: connectionOf(address, undefined) }, backend);
      onTestFinished(() => stranger.close());
      const folder = temporaryFolder();
      const good = tinyJob('square', { of: 70 });
      const hostile: [string, unknown][] = [
        ['../../../tmp/owned', { job: good }],
        ['e'.repeat(64), { job: { ...good, payload: { of: 1e308 } } }],
        ['no-job', { job: null }],
        ['nothing', null],
        ['path', { job: { ...good, data: { name: 'x', fingerprint: '../../y' } } }],
        ['field', { job: { ...good, program: 'rm -rf /' } }],
        ['large', { job: { ...good, payload: { of: 'x'.repeat(400_000) } } }],
      ];
      for (const [jobId, data] of hostile) await stranger.add('square', data, { jobId });
      const worker = startWorker(server.url, folder);
      const [outcome] = await collectOutcomes(queue.results(await queue.enqueue([good])));
      expect(outcome).toMatchObject({ state: 'done', value: 4900 });
      const told = worker.events.filter(({ type }) => type === 'failed');
      expect(told.map(({ id }) => id)).toEqual(hostile.map(([id]) => id));
      expect(new Set(told.map(({ error }) => error!.code))).toEqual(
        new Set(['E_CHECKSUM', 'E_CONFIG', 'E_LIMIT']),
      );
      expect(readdirSync(folder)).toEqual([outcome!.id]);
      const seen = await queue.progress();
      expect(seen.filter(({ state }) => state === 'failed').length).toBeGreaterThanOrEqual(hostile.length);
    });

    it(`${MANY} tiny jobs: their rate, and memory that does not grow`, async () => {
      const folder = temporaryFolder();
      const worker = startWorker(server.url, folder, { children: 2 });
      const began = performance.now();
      const ids = await queue.enqueue(Array.from({ length: MANY }, (_, of) => tinyJob('square', { of })));
      const enqueued = performance.now();
      const grown: number[] = [];
      let done = 0;
      for await (const outcome of queue.results(ids)) {
        expect(outcome.state).toBe('done');
        if (++done % (MANY / 10) === 0) grown.push(memoryOf(worker.pid));
      }
      const ended = performance.now();
      expect(done).toBe(MANY);
      const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
      const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);
      say(
        `${name}: ${MANY} jobs handed in within ${seconds(began, enqueued)} s and done within ${seconds(enqueued, ended)} s, ` +
          `${Math.round((MANY / (ended - enqueued)) * 1000)} a second; worker with two children ` +
          `${grown.map(mebibytes).join(' ')} MiB, server ${mebibytes(server.memory())} MiB`,
      );
      // Half-way and at its end a worker is as large: what it keeps of a job is freed.
      expect(grown.at(-1)!).toBeLessThan(grown[4]! * 1.25);
      expect(worker.events.filter(({ type }) => type === 'done').length).toBeGreaterThanOrEqual(MANY - 1);
    });
  });
}
