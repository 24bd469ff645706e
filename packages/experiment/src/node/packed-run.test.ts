import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImageSource } from '@latentkit/core';
import { filesOf, packFiles } from '@latentkit/datasets/node';
import { encodeNpy } from '@latentkit/formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { RUN_FILES } from '../files/run-files.ts';
import { collect } from '../testing/collect.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import type { Work } from '../testing/train-to-a-kill.ts';
import { encodeRun } from './encode-run.ts';
import { evaluateRun } from './evaluate-run.ts';
import { loadDataset } from './load-dataset.ts';
import { loadRun } from './load-run.ts';
import { loadRunImages } from './load-run-images.ts';
import { readArraysDataset } from './read-arrays-dataset.ts';
import { runExperiment } from './run-experiment.ts';

const PROGRAM = fileURLToPath(new URL('../testing/train-to-a-kill.ts', import.meta.url));
const root = tempDirectory();
const own = join(root, 'own');
const packed = join(root, 'packed');
const CONFIG = {
  ...tinyConfig({}, { epochs: 3 }),
  dataset: { name: 'arrays' },
  figures: [{ name: 'reconstructions' }, { name: 'originals' }, { name: 'latent-scatter' }],
} as const;

beforeAll(async () => {
  mkdirSync(own);
  const { train } = tinyDataset();
  const { height, width } = train.shape;
  const save = (name: string, shape: number[], data: Uint8Array) =>
    writeFileSync(join(own, name), encodeNpy({ shape, data }));
  save('x.npy', [train.count, height, width], train.images as Uint8Array);
  save('y.npy', [train.count], Uint8Array.from(train.labels!));
  await packFiles(filesOf(own), { out: packed, shardBytes: 64 * 784 }); // 64, 64, 64 and 8 images
});

const hashOf = (out: string, name: string) =>
  createHash('sha256')
    .update(readFileSync(join(out, name)))
    .digest('hex');

/** What data decide. */
const resultOf = (out: string) => ({
  weights: hashOf(out, RUN_FILES.weights),
  data: hashOf(out, RUN_FILES.data),
  pictures: ['reconstructions', 'originals', 'latent-scatter'].map((name) =>
    hashOf(out, `figures/${name}.svg`),
  ),
});

async function trainOn(
  data: string,
  name: string,
  workers: number,
  cut: { limit?: number; validation?: number } = {},
) {
  const out = join(root, name);
  const config = { ...CONFIG, dataset: { name: 'arrays', ...cut } } as const;
  const dataset = await loadDataset(config.dataset, { data });
  await collect(runExperiment({ config, dataset, out, workers }));
  return out;
}

describe.each([
  ['all of it', {}],
  ['a part, of which some are held out', { limit: 150, validation: 30 }],
])('a packed set, %s', (what, cut) => {
  it('trains to the bytes of the same images in memory, on 1 and 2 workers, and draws the same figures', async () => {
    const name = what.replaceAll(' ', '-');
    const inMemory = resultOf(await trainOn(own, `${name}-own`, 1, cut));
    expect(resultOf(await trainOn(packed, `${name}-1`, 1, cut))).toEqual(inMemory);
    expect(resultOf(await trainOn(packed, `${name}-2`, 2, cut))).toEqual(inMemory);
  });
});

it('keeps its images in their files, but where it is asked for them in memory', async () => {
  const opened = await loadDataset({ name: 'arrays' }, { data: packed });
  expect(opened.train).not.toHaveProperty('images');
  expect(opened.train.count + opened.validation.count).toBe(200);
  expect(await readArraysDataset(packed)).toEqual(await readArraysDataset(own));
});

it('is evaluated and encoded to the same numbers, by the parts of the run that it is known to hold', async () => {
  const run = join(root, 'all-of-it-own');
  const [there, here] = [await evaluateRun(run, { data: own }), await evaluateRun(run, { data: packed })];
  const seconds = expect.anything(); // those that each metric took
  expect(here).toEqual({ ...there, of: `validation images of ${packed}`, seconds });
  const options = { data: packed, part: 'train', limit: 90 } as const;
  expect((await encodeRun(run, options)).mean).toEqual(
    (await encodeRun(run, { ...options, data: own })).mean,
  );
  const model = await loadRun(run);
  const { set } = await loadRunImages(model, run, { data: packed });
  expect(await model.evaluate(set)).toEqual(
    await model.evaluate((await loadRunImages(model, run, { data: own })).set),
  );
  model.dispose();
});

it('refuses what it was not packed as', async () => {
  const asked = (config: object) => loadDataset({ name: 'arrays', ...config }, { data: packed });
  await expect(asked({ size: 28, channels: 1 })).resolves.toBeDefined();
  for (const config of [{ size: 14 }, { channels: 3 }, { source: 'table' }]) {
    await expect(asked(config)).rejects.toThrow(
      /packed as 28 x 28 x 1, and something else .* Leave that out/,
    );
  }
});

it('a source that answers later is refused before anything is written', async () => {
  const { train, validation } = tinyDataset();
  const later: ImageSource = {
    ...{ shape: validation.shape, count: validation.count },
    read: async () => expect.unreachable(),
  };
  const out = join(root, 'later');
  const run = runExperiment({ config: CONFIG, dataset: { name: 'mine', train, validation: later }, out });
  await expect(collect(run)).rejects.toMatchObject({ code: 'E_USAGE' });
  expect(() => readFileSync(join(out, RUN_FILES.config))).toThrow('ENOENT');
});

/** A process that trains and may kill itself on the way. */
function work(task: Work): Promise<NodeJS.Signals | number | null> {
  const child = fork(PROGRAM, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, 'cache') },
  });
  child.once('message', () => child.send(task));
  return new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)));
}

it('goes on after kills, within an epoch and between, to the bytes of a run in memory that nobody killed', async () => {
  const unbroken = join(root, 'unbroken');
  expect(await work({ out: unbroken, epochs: 3, workers: 1, data: own })).toBe(0);
  const out = join(root, 'killed');
  const task = { out, epochs: 3, data: packed };
  expect(await work({ ...task, workers: 2, kill: { at: 'step', count: 6 } })).toBe('SIGKILL');
  const file = RUN_FILES.metrics;
  expect(await work({ ...task, workers: 1, kill: { at: 'write', file, count: 2 } })).toBe('SIGKILL');
  expect(await work({ ...task, workers: 2 })).toBe(0);
  for (const name of [RUN_FILES.weights, RUN_FILES.data]) {
    expect(hashOf(out, name)).toBe(hashOf(unbroken, name));
  }
});
