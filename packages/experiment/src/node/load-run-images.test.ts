import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromArrays } from '@latentkit/datasets';
import { encodeNpy } from '@latentkit/formats';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tempDirectory } from '../testing/temp-directory.ts';
import { DIGIT_SHAPE, tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { type LoadedRun, loadRun } from './load-run.ts';
import { loadRunImages } from './load-run-images.ts';

const root = tempDirectory();
const digits = join(root, 'digits');
const own = join(root, 'own');
const file = join(root, 'own.npy');
const COUNT = 60;
const pixels = tinyDataset().train.images.slice(0, COUNT * 784) as Uint8Array;
const whole = fromArrays(pixels, DIGIT_SHAPE);
const runs: Record<string, LoadedRun> = {};

beforeAll(async () => {
  await trainRun({ out: digits });
  const config = { ...tinyConfig({}, { batchSize: 10 }), dataset: { name: 'arrays' as const } };
  await trainRun({ config, dataset: whole, out: own });
  writeFileSync(file, encodeNpy({ shape: [COUNT, 28, 28], data: pixels }));
  for (const path of [digits, own]) runs[path] = await loadRun(path);
});
afterAll(() => {
  for (const run of Object.values(runs)) run.dispose();
});

it("gives the run's own parts, cut as they were, and else the whole set to judge by", async () => {
  const { train, validation } = tinyDataset();
  const part = async (name: 'train' | 'validation') =>
    (await loadRunImages(runs[digits]!, digits, { part: name })).set;
  expect((await part('train')).images).toEqual(train.images);
  expect((await part('validation')).images).toEqual(validation.images);
  const { set, title, classNames } = await loadRunImages(runs[digits]!, digits);
  expect({ count: set.count, title }).toEqual({ count: 2000, title: 'validation images of digits' });
  expect(classNames).toHaveLength(10);
  await expect(loadRunImages(runs[digits]!, digits, { part: 'test' })).rejects.toThrow(
    'digits has no test images',
  );
});

it('knows the parts of a run among the images of a file', async () => {
  const of = (part?: 'train' | 'validation') =>
    loadRunImages(runs[own]!, own, { data: file, ...(part && { part }) });
  expect(await of()).toMatchObject({ set: { images: whole.validation.images } });
  expect(await of('train')).toMatchObject({
    set: { count: whole.train.count, images: whole.train.images },
    title: `training images of ${file}`,
  });
  await expect(loadRunImages(runs[own]!, own)).rejects.toThrow('the run was made with images of your own');
});

it('says so where a file holds others, and refuses a part of them', async () => {
  const other = join(root, 'other.npy');
  writeFileSync(other, encodeNpy({ shape: [4, 28, 28], data: new Uint8Array(4 * 784) }));
  const notes: string[] = [];
  const onNote = (note: string) => notes.push(note);
  expect((await loadRunImages(runs[own]!, own, { data: other, onNote })).set.count).toBe(4);
  expect(notes).toEqual([expect.stringContaining('holds other images than the run was made with')]);
  await expect(loadRunImages(runs[own]!, own, { data: other, part: 'train' })).rejects.toThrow(
    "other.npy does not hold the run's training images",
  );
});
