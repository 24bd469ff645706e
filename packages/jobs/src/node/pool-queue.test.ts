import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
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

it('refuses options that it does not know', async () => {
  const queue = createPoolQueue();
  const options = { program: TINY_JOBS, folder: '/tmp', childs: 3 } as never;
  await expect(queue.work(options)).rejects.toMatchObject({ code: 'E_CONFIG' });
  await expect(queue.enqueue([], { attempts: 0 })).rejects.toMatchObject({ code: 'E_RANGE' });
});
