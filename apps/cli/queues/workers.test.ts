// Real training and encoding on workers of a queue, as people start them.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRecipe, parseConfig } from '@latentkit/experiment';
import type { Job, JobOutcome } from '@latentkit/jobs';
import { createPoolQueue, openJobQueue } from '@latentkit/jobs/node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { SERVERS, type TestServer } from '../../../packages/jobs/src/testing/servers.ts';
import { programOf } from '../src/jobs/work-options.ts';
import { programVersion } from '../src/program-version.ts';
import { loadTrialData, trialJob } from '../src/sweep/trial-job.ts';
import { makeRun } from '../src/testing/make-run.ts';
import { runCli, temporaryFolder } from '../src/testing/run-cli.ts';
import { LIMIT, startWorker } from './start-worker.ts';

async function collect(outcomes: AsyncIterable<JobOutcome>): Promise<JobOutcome[]> {
  const all: JobOutcome[] = [];
  for await (const outcome of outcomes) all.push(outcome);
  return all.sort((a, b) => a.id.localeCompare(b.id));
}

/** What the same jobs come to in one process, one after the other. */
async function doneAlone(jobs: readonly Job[]): Promise<JobOutcome[]> {
  const alone = createPoolQueue();
  const folder = temporaryFolder();
  const working = alone.work({ ...programOf({ allowed: {}, store: folder, threads: 1 }), folder });
  const outcomes = await collect(alone.results(await alone.enqueue(jobs)));
  await alone.close();
  await working;
  return outcomes;
}

/** Once for all servers. */
let expected: JobOutcome[] | undefined;

for (const { name, missing, open } of SERVERS) {
  if (missing) {
    it.skip(`${name}: ${missing}`, () => {});
    continue;
  }
  describe(name, { timeout: LIMIT }, () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await open();
    });
    afterAll(() => server?.end());

    it('six trainings on two workers, one killed in an epoch: the weights of one process alone', async () => {
      const { name: recipe, model, training } = findRecipe('digits-dense');
      const jobs: Job[] = [];
      for (const seed of [1, 2, 3, 4, 5, 6]) {
        const of = parseConfig({
          ...{ recipe, model, dataset: { name: 'digits', limit: 100 } },
          training: { ...training, seed, epochs: 3 },
        });
        const { is } = await loadTrialData(of, {});
        const payload = { config: of, epochs: 3, judge: 'elbo' };
        jobs.push(trialJob(payload, { data: is, codeVersion: programVersion() }));
      }
      const store = temporaryFolder();
      const queue = await openJobQueue(server.url, { lockSeconds: 2, patience: 120 });
      onTestFinished(() => queue.close());
      const lock = ['--store', store, '--lock-seconds', '2'];
      const [first, second] = [startWorker(server.url, lock), startWorker(server.url, lock)];
      const ids = await queue.enqueue(jobs);
      const collecting = collect(queue.results(ids));
      await second.says(({ progress }) => progress !== undefined);
      second.kill('SIGKILL');
      const outcomes = await collecting;
      expected ??= await doneAlone(jobs);
      expect(outcomes).toEqual(expected);
      const weights = outcomes.map(
        (outcome) => outcome.state === 'done' && (outcome.value as { weights: string }).weights,
      );
      expect(new Set(weights).size).toBe(6); // SHA-256 of each
      expect(first.said() + second.said()).not.toContain(new URL(server.url).password);
      // Each line of the log is about a job that it names.
      for (const { id, time } of first.events) {
        expect(ids).toContain(id);
        expect(new Date(time).toISOString()).toBe(time);
      }
      first.kill('SIGINT');
      expect(await first.ended()).toBe(130);
    });

    it('encodes shards on workers that the flags of one allow, and joins them to the bytes of one piece', async () => {
      const cwd = temporaryFolder();
      mkdirSync(join(cwd, 'runs'));
      const worker = startWorker(server.url, ['--store', join(cwd, 'store'), '--runs', join(cwd, 'runs')]);
      await makeRun(join(cwd, 'runs', 'a'));
      await runCli(['encode', 'runs/a', '--format', 'npy', '--out', 'whole'], { cwd });
      const env = { LATENTKIT_QUEUE: server.url };
      const words = ['encode', 'runs/a', '--shards', '4', '--store', 'store'];
      const { code, stderr } = await runCli([...words, '--out', 'codes'], { cwd, env });
      expect(stderr).toContain('Wrote');
      expect(code).toBe(0);
      for (const file of readdirSync(join(cwd, 'whole'))) {
        expect(readFileSync(join(cwd, 'codes', file)).equals(readFileSync(join(cwd, 'whole', file)))).toBe(
          true,
        );
      }
      await worker.says(({ type, kind }) => type === 'done' && kind === 'encode');
      const listed = await runCli(['jobs', '--all'], { cwd, env });
      expect(listed.stdout).toMatch(/0 running, 0 waiting, \d+ done/);
      // The same again is free: nobody needs to work.
      worker.kill('SIGKILL');
      expect(await runCli([...words, '--out', 'again'], { cwd, env })).toMatchObject({ code: 0 });
    });
  });
}
