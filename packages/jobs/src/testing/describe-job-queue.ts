import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../job.ts';
import type { JobEvent, JobQueue } from '../job-queue.ts';
import { jobRunFolder } from '../node/job-store.ts';
import { collectOutcomes, TINY_JOBS, tinyJob } from './tiny-job.ts';

/** What every driver promises. */
export function describeJobQueue(name: string, openQueue: () => Promise<JobQueue>): void {
  describe(name, () => {
    const folder = mkdtempSync(join(tmpdir(), 'latentkit-jobs-'));
    const stop = new AbortController();
    const events: JobEvent[] = [];
    let queue: JobQueue;
    let working: Promise<void>;
    beforeAll(async () => {
      queue = await openQueue();
      working = queue.work({
        program: TINY_JOBS,
        folder,
        children: 2,
        signal: stop.signal,
        onEvent: (event) => events.push(event),
      });
    });
    afterAll(async () => {
      stop.abort();
      await working;
      await queue.close();
      rmSync(folder, { recursive: true });
    });
    const outcomesOf = async (jobs: readonly Job[], options = {}) => {
      const ids = await queue.enqueue(jobs, options);
      const outcomes = await collectOutcomes(queue.results(ids));
      return ids.map((id) => outcomes.find((outcome) => outcome.id === id)!);
    };
    const typesOf = (id: string) =>
      events.filter((event) => event.id === id && event.type !== 'progress').map(({ type }) => type);

    it('jobs are done, and their files lie in the folder by the id of the job', async () => {
      const [first, second] = await outcomesOf([3, 4].map((of) => tinyJob('square', { of })));
      expect(first).toMatchObject({ state: 'done', value: 9 });
      expect(second).toMatchObject({ state: 'done', value: 16, files: { 'square.txt': expect.any(String) } });
      expect(readFileSync(join(jobRunFolder(folder, second!.id), 'square.txt'), 'utf8')).toBe('16\n');
      expect(readdirSync(join(folder, second!.id))).toEqual(['run']);
    });

    it('the same job has one id and is done once, in whatever order its fields stand', async () => {
      const job = { codeVersion: '1', payload: { ms: 1, to: 2 }, kind: 'count' };
      const [one, other] = await outcomesOf([tinyJob('count', { to: 2, ms: 1 }), job]);
      expect(one!.id).toBe(other!.id);
      await outcomesOf([job]);
      expect(typesOf(one!.id)).toEqual(['started', 'done']);
    });

    it('tells how jobs are getting on, while they are and afterwards', async () => {
      const [id] = await queue.enqueue([tinyJob('count', { to: 400, ms: 5 })]);
      await expect
        .poll(async () => (await queue.progress([id!]))[0])
        .toMatchObject({
          kind: 'count',
          state: 'running',
          attempts: 1,
          progress: { epoch: expect.any(Number) },
        });
      await queue.cancel([id!]);
      expect(await collectOutcomes(queue.results([id!]))).toEqual([{ id, state: 'cancelled' }]);
      expect(await queue.progress([id!])).toMatchObject([{ state: 'cancelled' }]);
    });

    it('a child that is killed is started anew, and goes on from the checkpoint', async () => {
      const [outcome] = await outcomesOf([tinyJob('count', { to: 8, dieAt: 5 })]);
      expect(outcome).toMatchObject({ state: 'done', value: 8 });
      expect(typesOf(outcome!.id)).toEqual(['started', 'retried', 'started', 'done']);
      const froms = events.flatMap(({ id, progress }) => (id === outcome!.id && progress ? [progress] : []));
      expect(froms).toContainEqual(expect.objectContaining({ epoch: 6, from: 5 }));
      expect(readdirSync(join(folder, outcome!.id))).toEqual(['run']);
    });

    it('a job that kills its child each time fails after its attempts, and the rest go on', async () => {
      const [poison, good] = await outcomesOf([tinyJob('die'), tinyJob('square', { of: 5 })], {
        attempts: 2,
      });
      expect(poison).toMatchObject({
        state: 'failed',
        error: { code: 'E_IO', message: expect.stringContaining('exited with code 3') },
      });
      expect(typesOf(poison!.id)).toEqual(['started', 'retried', 'started', 'failed']);
      expect(good).toMatchObject({ state: 'done', value: 25 });
    });

    it.each([
      ['a kind that it does not know', tinyJob('mine-coins'), 'E_UNKNOWN_NAME', 'no jobs of the kind'],
      ['settings of no kind', tinyJob('square', { off: 3 }), 'E_CONFIG', "Did you mean 'of'"],
      ['numbers out of range', tinyJob('square', { of: 1e300 }), 'E_CONFIG', 'of must be'],
      ['a path', tinyJob('square', { of: '../../etc/passwd' }), 'E_CONFIG', 'of must be'],
      ['another version', tinyJob('square', { of: 3 }, '999.0.0'), 'E_USAGE', 'of version 999.0.0'],
    ])('a worker refuses %s at once, and lives on', async (_, job, code, words) => {
      const [outcome, good] = await outcomesOf([job, tinyJob('square', { of: 6 })]);
      expect(outcome).toMatchObject({
        state: 'failed',
        error: { code, message: expect.stringContaining(words) },
      });
      expect(typesOf(outcome!.id)).toEqual(['started', 'failed']);
      expect(good).toMatchObject({ state: 'done', value: 36 });
    });

    it('what failed is tried anew when it is handed in again', async () => {
      const job = tinyJob('count', { to: 2, failAt: 2 });
      const [first] = await outcomesOf([job], { attempts: 1 });
      expect(first).toMatchObject({ state: 'failed', error: { code: 'E_NETWORK' } });
      const [second] = await outcomesOf([job], { attempts: 1 });
      expect(second).toMatchObject({ state: 'done', value: 2 }); // its checkpoint was behind the cut
    });

    it('refuses what is no job, names its place, and adds none of the others', async () => {
      const jobs = [tinyJob('square', { of: 999 }), { ...tinyJob('square'), kind: '../x' }];
      await expect(queue.enqueue(jobs)).rejects.toMatchObject({
        code: 'E_CONFIG',
        message: expect.stringContaining('jobs[1]'),
      });
      const seen = await queue.progress();
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.some(({ attempts, state }) => attempts === 0 && state === 'waiting')).toBe(false);
    });

    it('waits for results until the signal, and knows no other ids', async () => {
      const [id] = await queue.enqueue([tinyJob('count', { to: 1000, ms: 7 })]);
      const giveUp = AbortSignal.timeout(50);
      const waiting = collectOutcomes(queue.results([id!], { signal: giveUp }));
      await expect(waiting.catch((error: unknown) => error === giveUp.reason)).resolves.toBe(true);
      await queue.cancel([id!]);
      await collectOutcomes(queue.results([id!]));
      const stranger = 'f'.repeat(64);
      await expect(collectOutcomes(queue.results([stranger]))).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
      expect(await queue.progress([stranger])).toEqual([]);
    });
  });
}
