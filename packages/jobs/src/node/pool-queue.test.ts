import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { JobEvent } from '../job-queue.ts';
import { describeJobQueue } from '../testing/describe-job-queue.ts';
import { collectOutcomes, TINY_JOBS, tinyJob } from '../testing/tiny-job.ts';
import { createPoolQueue } from './pool-queue.ts';

describeJobQueue('a pool of child processes', async () => createPoolQueue());

it('what is done is free for another queue on the same folder, and what was stopped goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latentkit-pool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const jobs = [tinyJob('square', { of: 2 }), tinyJob('count', { to: 60, ms: 5 })];
  const first = createPoolQueue();
  const stop = new AbortController();
  const seen: string[] = [];
  const working = first.work({
    program: TINY_JOBS,
    folder,
    signal: stop.signal,
    onEvent: ({ type }) => {
      seen.push(type);
      if (type === 'progress') stop.abort();
    },
  });
  await first.enqueue(jobs);
  await working;
  expect(seen).toEqual(['started', 'done', 'started', 'progress', 'stopped']);
  expect((await first.progress()).map(({ state }) => state)).toEqual(['done', 'waiting']);

  const second = createPoolQueue();
  const progress: unknown[] = [];
  const anew = second.work({ program: TINY_JOBS, folder, onEvent: (event) => progress.push(event.progress) });
  const outcomes = await collectOutcomes(second.results(await second.enqueue(jobs)));
  expect(outcomes).toMatchObject([{ value: 4 }, { value: 60 }]);
  expect(progress.find((said) => said !== undefined)).toMatchObject({ from: expect.not.closeTo(0) });
  await second.close();
  await anew;
});

it('a job that hangs is killed at its deadline, and goes on from its checkpoint', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latentkit-pool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const queue = createPoolQueue();
  const events: JobEvent[] = [];
  const working = queue.work({
    program: TINY_JOBS,
    ...{ folder, progressDeadlineSeconds: 0.7 },
    onEvent: (event) => events.push(event),
  });
  const job = tinyJob('count', { to: 6, hangAt: 3 });
  const outcomes = await collectOutcomes(queue.results(await queue.enqueue([job], { attempts: 20 })));
  expect(outcomes).toMatchObject([{ state: 'done', value: 6 }]);
  const retried = events.find(({ type }) => type === 'retried')!;
  expect(retried.error).toMatchObject({
    code: 'E_IO',
    message: expect.stringContaining('said nothing for 0.7 s'),
  });
  expect(events.filter(({ progress }) => progress).at(-1)).toMatchObject({ progress: { from: 3 } });
  await queue.close();
  await working;
});

it('refuses options that it does not know', async () => {
  const queue = createPoolQueue();
  const options = { program: TINY_JOBS, folder: '/tmp', childs: 3 } as never;
  await expect(queue.work(options)).rejects.toMatchObject({ code: 'E_CONFIG' });
  const never = { program: TINY_JOBS, folder: '/tmp', progressDeadlineSeconds: 0 };
  await expect(queue.work(never)).rejects.toMatchObject({ code: 'E_RANGE' });
  await expect(queue.enqueue([], { attempts: 0 })).rejects.toMatchObject({ code: 'E_RANGE' });
});
