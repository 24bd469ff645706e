import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { beforeAll, expect, it } from 'vitest';
import { parseShownImages } from '../files/shown-images.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyDataset } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { showRun } from './show-run.ts';

const root = tempDirectory();
const directory = join(root, 'run');
beforeAll(() => trainRun({ out: directory }));

const namesOf = (files: readonly { name: string }[]) => files.map(({ name }) => name);

it("gives a run's model and rows as they are, and the first of its images", async () => {
  const files = await showRun(directory, { part: 'validation', limit: 7 });
  expect(namesOf(files)).toEqual([
    ...['config.json', 'data.json', 'model.json', 'model.safetensors', 'metrics.jsonl', 'end.json'],
    'images.safetensors',
  ]);
  for (const { name, bytes } of files.slice(0, 6))
    expect(bytes).toEqual(new Uint8Array(readFileSync(join(directory, name))));
  const { images, labels } = tinyDataset().validation;
  const shown = parseShownImages(files.at(-1)!.bytes, 'images');
  expect(shown.set.count).toBe(7);
  expect(shown.set.images).toEqual(images.subarray(0, shown.set.images.length));
  expect([...shown.set.labels!]).toEqual([...labels!.subarray(0, 7)]);
  expect(shown.of).toBe('validation images of digits');
});

it('makes a class of images that have none', async () => {
  const file = join(root, 'labels.csv');
  const { validation } = tinyDataset();
  const data = join(root, 'images.npy');
  const { height, width } = validation.shape;
  const three = validation.images.slice(0, 3 * height * width) as Uint8Array;
  writeFileSync(data, encodeNpy({ shape: [3, height, width], data: three }));
  writeFileSync(file, 'label\n2\n-1\n0\n');
  const files = await showRun(directory, { data, labels: file });
  const { set, classNames } = parseShownImages(files.at(-1)!.bytes, 'images');
  expect(classNames!.at(-1)).toBe('no class');
  expect(classNames![set.labels![1]!]).toBe('no class');
  expect(classNames![set.labels![0]!]).not.toBe('no class');
});

it('goes without images that are not at hand, and says so', async () => {
  const own = join(root, 'own');
  cpSync(directory, own, { recursive: true });
  const config = JSON.parse(readFileSync(join(own, 'config.json'), 'utf8'));
  writeFileSync(join(own, 'config.json'), JSON.stringify({ ...config, dataset: { name: 'arrays' } }));
  const notes: string[] = [];
  const files = await showRun(own, { onNote: (note) => notes.push(note) });
  expect(namesOf(files)).not.toContain('images.safetensors');
  expect(notes).toEqual([expect.stringMatching(/^shown without images: .*images of your own.*--data PATH/)]);
});

it('keeps the images of a run that was taken out before, unless others are named', async () => {
  const out = join(root, 'out');
  cpSync(directory, out, { recursive: true });
  const data = join(root, 'other.npy');
  const { height, width } = tinyDataset().validation.shape;
  writeFileSync(data, encodeNpy({ shape: [2, height, width], data: new Uint8Array(2 * height * width) }));
  const taken = (await showRun(directory, { data })).at(-1)!.bytes;
  writeFileSync(join(out, 'images.safetensors'), taken);
  expect((await showRun(out)).at(-1)!.bytes).toEqual(new Uint8Array(taken));
  const named = (await showRun(out, { part: 'validation', limit: 3 })).at(-1)!.bytes;
  expect(parseShownImages(named, 'images').set.count).toBe(3);
  writeFileSync(join(out, 'images.safetensors'), taken.subarray(0, 50));
  await expect(showRun(out)).rejects.toMatchObject({ code: 'E_FORMAT' });
});

it('refuses a run that the page would refuse', async () => {
  const own = join(root, 'damaged');
  cpSync(directory, own, { recursive: true });
  writeFileSync(join(own, 'metrics.jsonl'), '{"epoch":1,\n{}\n');
  await expect(showRun(own)).rejects.toMatchObject({
    code: 'E_FORMAT',
    message: expect.stringContaining('metrics.jsonl'),
  });
});

it('refuses images that were asked for and cannot be shown', async () => {
  const file = join(root, 'small.npy');
  writeFileSync(file, encodeNpy({ shape: [2, 3, 3], data: new Uint8Array(18) }));
  await expect(showRun(directory, { data: file })).rejects.toMatchObject({ code: 'E_SHAPE' });
  await expect(showRun(directory, { data: join(root, 'gone.npy') })).rejects.toMatchObject({
    code: 'E_NOT_FOUND',
  });
  await expect(showRun(join(root, 'gone'))).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
});
