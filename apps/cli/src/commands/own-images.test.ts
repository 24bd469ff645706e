import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generateDigits } from '@latentkit/datasets';
import { encodePng } from '@latentkit/figures';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runHere } from '../testing/run-here.ts';

const cwd = mkdtempSync(join(tmpdir(), 'latentkit-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
const SMALL = ['figures=[{"name":"samples"}]', 'model.encoder.hidden=[16]', 'model.decoder.hidden=[16]'];
const SHORT = ['--epochs', '1', '--batch-size', '20', '--eager', ...SMALL.flatMap((one) => ['--set', one])];
const folder = join(cwd, 'my digits');
const { images, labels } = generateDigits({ count: 60, seed: 1 });

beforeAll(async () => {
  for (let i = 0; i < 60; i++) {
    const path = join(folder, `class ${labels[i]! % 2}`, `${String(i).padStart(2, '0')}.png`);
    mkdirSync(dirname(path), { recursive: true });
    const data = Uint8Array.from(images.slice(784 * i, 784 * (i + 1)));
    writeFileSync(path, encodePng({ width: 28, height: 28, channels: 1, data }));
  }
  writeFileSync(join(folder, 'about.txt'), 'Drawn by a program.');
  const train = ['train', '--data', 'my digits', '--size', '14', '--out', 'run', ...SHORT];
  const { code, stderr } = await runHere(train, { cwd });
  expect([code, stderr]).toEqual([0, expect.stringContaining('Note: my digits: 60 images in 2 classes')]);
  expect(stderr).toContain(
    'Note: my digits: 1 file is left out: about.txt (text, and no table of numbers)\n',
  );
  expect(stderr).toContain('54 training and 6 validation images of 14 x 14');
});

test('train on a folder of PNGs keeps how they were read, and the run says which they were', () => {
  const read = (name: string) => JSON.parse(readFileSync(join(cwd, 'run', name), 'utf8'));
  expect(read('config.json').dataset).toEqual({ name: 'arrays', size: 14 });
  expect(read('data.json').train).toMatchObject({ count: 54, type: 'uint8', labels: expect.any(String) });
});

test('evaluate finds those of the run in the folder, and reads them in its size', async () => {
  const { code, stdout, stderr } = await runHere(['evaluate', 'run', '--data', 'my digits', '--json'], {
    cwd,
  });
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('other images')]);
  expect(stdout).toContain('validation images of my digits');
});

test('a single picture of another size is brought to the model', async () => {
  const picture = encodePng({ width: 30, height: 20, channels: 3, data: new Uint8Array(1800).fill(90) });
  writeFileSync(join(cwd, 'one.png'), picture);
  const { code } = await runHere(['reconstruct', 'run', '--data', 'one.png', '--out', 'one.svg'], { cwd });
  expect(code).toBe(0);
});

test('train reads photos as they were held, in a size of two sides, and stops at a broken one with --strict', async () => {
  const fixtures = join(import.meta.dirname, '../../../../packages/datasets/fixtures');
  const photos: { file: string }[] = JSON.parse(readFileSync(join(fixtures, 'photos.json'), 'utf8'));
  mkdirSync(join(cwd, 'photos'));
  for (const [i, { file }] of photos.entries())
    writeFileSync(join(cwd, 'photos', `${i}.jpg`), Buffer.from(file, 'base64'));
  copyFileSync(join(fixtures, 'print.jpg'), join(cwd, 'photos', 'print.jpg'));
  const given = ['train', '--data', 'photos', '--dataset', 'images', '--size', '8x6', '--channels', 'auto'];
  const short = SHORT.map((word) => (word === '20' ? '8' : word));
  const strict = await runHere([...given, '--strict', '--out', 'none', ...SHORT], { cwd });
  expect([strict.code, strict.stderr]).toEqual([
    1,
    expect.stringContaining('print.jpg: its colours are for print'),
  ]);
  const { code, stderr } = await runHere([...given, '--fit', 'pad', '--out', 'photo-run', ...short], { cwd });
  expect([code, stderr]).toEqual([0, expect.stringContaining(`Note: photos: ${photos.length} images`)]);
  expect(stderr).toContain('1 file is left out: print.jpg (its colours are for print (CMYK)');
  expect(stderr).toContain('images of 6 x 8 x 3');
});

test('training goes on with the folder, and with no other images', async () => {
  const more = ['train', '--resume', 'run', '--epochs', '2', '--eager', '--json'];
  const { code } = await runHere([...more, '--data', 'my digits'], { cwd });
  expect(code).toBe(0);
  const { code: refused, stderr } = await runHere([...more, '--data', join('my digits', 'class 0')], { cwd });
  expect([refused, stderr]).toEqual([2, expect.stringContaining('these are not the data of the run')]);
});

test.each([
  [['--data', 'my digit'], 1, /^error: there is no my digit\. Did you mean 'my digits'\?\n$/],
  [['--data', 'run/model.safetensors'], 1, /this is a model, and no data: model\.safetensors/],
  [['--size', '14'], 2, /^error: --size goes with --data/],
  [['--dataset', 'images'], 2, /there is no dataset 'images'/],
  [['--data', 'my digits', '--dataset', 'mnist'], 2, /name two datasets.*images, npy/],
  [
    ['--data', 'my digits', '--fit', 'squash'],
    2,
    /dataset\.fit must be 'crop', 'pad' or 'stretch', got 'squash'/,
  ],
  [
    ['--data', 'my digits', '--channels', '2'],
    2,
    /dataset\.channels: it is 2, expected 1 for grey or 3 for RGB/,
  ],
])('train %j exits %i in one line', async (given, expected, message) => {
  const { code, stderr } = await runHere(['train', ...given, '--out', 'none', '--json'], { cwd });
  expect(code).toBe(expected);
  expect(stderr).toMatch(message);
});
