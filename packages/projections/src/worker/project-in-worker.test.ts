import { createRandom, Stream } from '@latentkit/core';
// As it is built: a worker runs that.
import { createPca, type Points, projectInWorker, type WorkerProjection } from '@latentkit/projections';
import { afterEach, describe, expect, it } from 'vitest';
import { fresh } from '../testing/fresh.ts';

function randomPoints(count: number, dimensions: number): Points {
  const random = createRandom({ seed: 3, stream: Stream.sample });
  const data = Float32Array.from({ length: count * dimensions }, () => random.uniform());
  return { data, count, dimensions };
}

// Takes many turns of the worker's event loop.
const LARGE = randomPoints(400, 400);
const LARGE_OPTIONS = { components: 101 };

const opened: WorkerProjection[] = [];
const open = async (...args: Parameters<typeof projectInWorker>) => {
  const projection = await projectInWorker(...args);
  opened.push(projection);
  return projection;
};
afterEach(() => {
  for (const projection of opened.splice(0)) projection.close();
});

describe('a projection in a worker', () => {
  it('is the projection, bit for bit', async () => {
    const points = randomPoints(40, 7);
    const pca = await createPca(points, { components: 3 });
    const remote = await open('pca', points, { components: 3 });
    expect(remote).toMatchObject({ method: 'pca', count: 40, components: 3, warnings: [] });
    expect(remote.progress).toEqual(pca.progress);
    expect(remote.embedding).toEqual(pca.embedding);
    expect(await remote.run()).toEqual(await pca.run());
    expect(remote.embedding).toEqual(pca.embedding);
    expect(remote.progress).toEqual(pca.progress);
    expect(await remote.transform(points)).toEqual(pca.transform(points));
    expect(await remote.save()).toEqual(pca.save());
  });

  it("leaves the caller's arrays as they are", async () => {
    const points = randomPoints(40, 7);
    const remote = await open('pca', points);
    await remote.run();
    await remote.transform(points);
    expect(points.data).toEqual(randomPoints(40, 7).data);
    remote.embedding.fill(7);
    expect(remote.embedding.every((code) => code !== 7)).toBe(true);
  });

  it('tells its progress', async () => {
    const remote = await open('pca', LARGE, LARGE_OPTIONS);
    const fractions: number[] = [];
    await remote.run({ onProgress: ({ fraction }) => fractions.push(fraction) });
    expect(fractions.length).toBeGreaterThan(2);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('stops when it is told to, and runs on to the same map', async () => {
    const remote = await open('pca', LARGE, LARGE_OPTIONS);
    const reason = new Error('enough');
    await expect(remote.run({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const run = remote.run({ signal: controller.signal, onProgress: () => controller.abort(reason) });
    await expect(run).rejects.toBe(reason);
    expect(remote.progress.stage).not.toBe('done');
    const pca = await createPca(LARGE, LARGE_OPTIONS);
    expect(await remote.run()).toEqual(await pca.run());
  });

  it('throws what the method throws, with code and fix', async () => {
    const points = randomPoints(40, 7);
    points.data[9] = Number.NaN;
    await expect(projectInWorker('pca', points)).rejects.toMatchObject({
      name: 'LatentkitError',
      code: 'E_NOT_FINITE',
      message: expect.stringContaining('row 1, column 2'),
      fix: expect.stringContaining('Drop the row'),
    });
    const remote = await open('pca', randomPoints(40, 7));
    await expect(remote.save()).rejects.toMatchObject({ code: 'E_USAGE' });
    await expect(remote.transform(randomPoints(2, 7))).rejects.toMatchObject({ code: 'E_USAGE' });
    await remote.run();
    await expect(remote.transform(randomPoints(2, 3))).rejects.toMatchObject({ code: 'E_SHAPE' });
    expect(await remote.transform(randomPoints(2, 7))).toHaveLength(4); // it lives on
  });

  it('takes plain data for options, and a time limit above 0', async () => {
    const points = randomPoints(40, 7);
    await expect(projectInWorker('pca', points, { components: (() => 2) as never })).rejects.toMatchObject({
      code: 'E_USAGE',
    });
    for (const timeLimitSeconds of [0, -1, Number.NaN]) {
      const limited = projectInWorker('pca', points, {}, { timeLimitSeconds });
      await expect(limited).rejects.toMatchObject({ code: 'E_RANGE' });
    }
  });

  it('ends when it takes longer than its time limit', async () => {
    // Less than a thread takes to start.
    const limited = projectInWorker('pca', LARGE, LARGE_OPTIONS, { timeLimitSeconds: 0.0001 });
    await expect(limited).rejects.toMatchObject({
      code: 'E_LIMIT',
      message: expect.stringContaining("create of 'pca' took longer than 0.0001 s"),
    });
  });

  it('rejects what is under way when it is closed, and what is asked later', async () => {
    const remote = await open('pca', LARGE, LARGE_OPTIONS);
    const run = remote.run();
    const saved = remote.save();
    remote.close();
    remote.close();
    const closed = { code: 'E_USAGE', message: expect.stringContaining('it was closed') };
    await expect(run).rejects.toMatchObject(closed);
    await expect(saved).rejects.toMatchObject(closed);
    await expect(remote.run()).rejects.toMatchObject(closed);
    expect(remote.embedding).toHaveLength(400 * 101); // what was heard is still known
  });
});

describe('a process', () => {
  const BUSY = `
    const threads = process.getBuiltinModule('node:worker_threads');
    const workers = [];
    threads.Worker = class extends threads.Worker {
      constructor(...args) {
        super(...args);
        workers.push(this);
      }
    };
    const points = { data: Float32Array.from({ length: 810000 }, (_, i) => i * 7919 % 1000), count: 900, dimensions: 900 };
    const reasonOf = (promise) => promise.then(() => 'none', ({ code, message }) => [code, message]);`;

  it('ends though nobody closes its worker', () => {
    const results = fresh(`${BUSY}
      const remote = await projectInWorker('pca', points);
      await remote.run();
      print([workers.length, remote.progress.stage]);`);
    expect(results).toEqual([1, 'done']);
  });

  it('does not end while it waits for its worker', () => {
    const results = fresh(`${BUSY}
      const remote = await projectInWorker('pca', points);
      remote.run().then(() => print(remote.progress.stage));`);
    expect(results).toBe('done');
  });

  it('hears of a worker that dies', () => {
    const results = fresh(`${BUSY}
      const remote = await projectInWorker('pca', points, { components: 900 });
      const run = reasonOf(remote.run());
      await new Promise((resolve) => setTimeout(resolve, 50));
      workers[0].terminate();
      print([await run, await reasonOf(remote.save())]);`);
    const died = ['E_BACKEND', expect.stringMatching(/the worker of 'pca' died: it exited with code 1/)];
    expect(results).toEqual([died, died]);
  });

  it('hears of a worker that cannot start', () => {
    const results = fresh(`
      const threads = process.getBuiltinModule('node:worker_threads');
      threads.Worker = class extends threads.Worker {
        constructor() {
          super('throw new Error("no room")', { eval: true });
        }
      };
      const points = { data: new Float32Array(6), count: 3, dimensions: 2 };
      print(await projectInWorker('pca', points).catch(({ code, message }) => [code, message]));`);
    expect(results).toEqual(['E_BACKEND', expect.stringMatching(/died: no room/)]);
  });

  it('hears that there are no workers', () => {
    const results = fresh(`
      process.getBuiltinModule = undefined; // as on a page, which has Worker where Node has none
      const points = { data: new Float32Array(6), count: 3, dimensions: 2 };
      print(await projectInWorker('pca', points).catch(({ code, message }) => [code, message]));`);
    expect(results).toEqual(['E_BACKEND', expect.stringMatching(/no worker can start here: ReferenceError/)]);
  });
});
