import { createRandom, Stream } from '@latentkit/core';
// As it is built: a worker runs that.
import {
  createPca,
  createUmap,
  type Points,
  projectInWorker,
  type RunOptions,
  type WorkerProjection,
} from '@latentkit/projections';
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

  it('moves its maps to their listener as they come, and comes to the same', async () => {
    const points = randomPoints(60, 5);
    const options = { epochs: 30 };
    const expected: Float32Array[] = [];
    const umap = await createUmap(points, options);
    await umap.run({ onMap: (map) => expected.push(map), mapSeconds: 0 });
    const remote = await open('umap', points, options);
    const begun = remote.embedding;
    const heard: Float32Array[] = [];
    const onMap: RunOptions['onMap'] = (map, { step }) => {
      expect(remote.progress.step).toBe(step);
      if (heard.length < 29) expect(remote.embedding).toEqual(begun);
      heard.push(structuredClone(map, { transfer: [map.buffer] })); // away, as the listener likes
    };
    expect(await remote.run({ onMap, mapSeconds: 0 })).toEqual(expected.at(-1));
    expect(heard).toEqual(expected);
    expect(heard.length).toBe(30);
    expect(remote.embedding).toEqual(expected.at(-1));
  });

  it('gives ten maps a second unless told otherwise, and none where nobody listens', async () => {
    const counted = async (options: RunOptions, epochs = 400) => {
      const remote = await open('umap', randomPoints(300, 5), { epochs });
      let maps = 0;
      const began = performance.now();
      await remote.run({ onMap: () => maps++, ...options });
      return { maps, seconds: (performance.now() - began) / 1000 };
    };
    const { maps, seconds } = await counted({});
    expect(maps).toBeGreaterThanOrEqual(2);
    expect(maps).toBeLessThanOrEqual(2 + 10 * seconds); // the first, and the finished one
    expect((await counted({ mapSeconds: Number.POSITIVE_INFINITY }, 20)).maps).toBeLessThanOrEqual(2);
    expect((await counted({ onMap: undefined }, 20)).maps).toBe(0);
  });

  it('knows how far it came when it was stopped while its maps were listened to', async () => {
    const points = randomPoints(400, 5);
    const remote = await open('umap', points, { epochs: 10_000 });
    const controller = new AbortController();
    const maps: Float32Array[] = [];
    const onMap: RunOptions['onMap'] = (map) => {
      maps.push(map);
      if (maps.length === 20) controller.abort(new Error('enough'));
    };
    const run = remote.run({ signal: controller.signal, onMap, mapSeconds: 0 });
    await expect(run).rejects.toThrow('enough');
    expect(maps.length).toBe(20);
    await expect(remote.save()).rejects.toMatchObject({ code: 'E_USAGE' }); // answered after the stop
    const { step } = remote.progress;
    expect(step).toBeGreaterThanOrEqual(20);
    expect(step).toBeLessThan(10_000);
    const umap = await createUmap(points, { epochs: 10_000 });
    while (umap.progress.step < step) umap.step();
    expect(remote.embedding).toEqual(umap.embedding);
  });

  it.each(['onMap', 'onProgress'] as const)('rejects with what its %s throws', async (listener) => {
    const remote = await open('umap', randomPoints(400, 5), { epochs: 10_000 });
    const failing = () => {
      throw new Error('no canvas');
    };
    await expect(remote.run({ [listener]: failing })).rejects.toThrow('no canvas');
    await expect(remote.save()).rejects.toMatchObject({ code: 'E_USAGE' }); // it lives on, and has stopped
  });

  it('takes no option of a run that there is not', async () => {
    const remote = await open('pca', randomPoints(40, 7));
    for (const one of [remote, await createPca(randomPoints(40, 7))]) {
      await expect(one.run({ onMaps: () => {} } as never)).rejects.toMatchObject({ code: 'E_CONFIG' });
      await expect(one.run({ mapSeconds: -1 })).rejects.toMatchObject({ code: 'E_RANGE' });
      await expect(one.run({ onMap: 'draw' as never })).rejects.toMatchObject({ code: 'E_USAGE' });
    }
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
