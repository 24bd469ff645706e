import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

beforeAll(() => {
  const { images, labels } = generateDigits({ count: 60, seed: 1 });
  for (let i = 0; i < 60; i++) {
    const path = join(cwd, 'digits', `class ${labels[i]! % 2}`, `${String(i).padStart(2, '0')}.png`);
    mkdirSync(dirname(path), { recursive: true });
    const data = Uint8Array.from(images.slice(784 * i, 784 * (i + 1)));
    writeFileSync(path, encodePng({ width: 28, height: 28, channels: 1, data }));
  }
  writeFileSync(join(cwd, 'digits', 'about.txt'), 'Drawn by a program.');
  writeFileSync(join(cwd, 'people.csv'), 'age,soil,height\n36,clay,1.8\n40,sand,1.7\n');
});

const weightsOf = (run: string) =>
  createHash('sha256')
    .update(readFileSync(join(cwd, run, 'model.safetensors')))
    .digest('hex');

test('pack says what there is and was left out, and train comes to the weights of the folder itself', async () => {
  const packing = ['pack', 'digits', '--size', '14', '--out', 'packed', '--json'];
  const { code, stdout, stderr } = await runHere(packing, { cwd });
  expect([code, stderr]).toEqual([0, expect.stringContaining('Note: digits: 60 images in 2 classes')]);
  expect(stderr).toContain('1 file is left out: about.txt (text, and no table of numbers)');
  expect(stderr).toContain('Images of 14 x 14 x 1: 60 of train; 12 kB');
  expect(JSON.parse(stdout)).toEqual({
    ...{ out: 'packed', shape: { height: 14, width: 14, channels: 1 }, parts: { train: 60 } },
    ...{ classNames: ['class 0', 'class 1'], bytes: 60 * 14 * 14 },
    files: ['packed/train-00000.npy', 'packed/train-labels.npy'],
    skipped: [{ name: 'about.txt', why: 'text, and no table of numbers' }],
  });
  for (const [data, more] of [
    ['digits', ['--size', '14']],
    ['packed', []],
  ] as const) {
    const trained = await runHere(['train', '--data', data, ...more, '--out', `run-${data}`, ...SHORT], {
      cwd,
    });
    expect([trained.code, trained.stderr]).toEqual([
      0,
      expect.stringContaining('54 training and 6 validation images'),
    ]);
  }
  expect(weightsOf('run-packed')).toBe(weightsOf('run-digits'));
});

test.each([
  [['pack', 'digit', '--out', 'none'], 1, /there is no digit\. Did you mean 'digits'\?/],
  [['pack', 'digits'], 2, /--out <dir>/],
  [['pack', 'digits', '--size', '0', '--out', 'none'], 2, /--size/],
  [['pack', 'digits', '--fit', 'squash', '--out', 'none'], 2, /fit must be 'crop' or 'pad' or 'stretch'/],
  [['pack', 'packed', '--out', 'none'], 2, /packed is packed already.*train --data packed/],
  [['pack', 'people.csv', '--out', 'none'], 2, /a table of columns.*train --data people\.csv/],
  [['pack', 'digits', '--out', 'digits'], 2, /digits holds .* already/],
  [['train', '--data', 'packed', '--size', '28', '--out', 'none'], 2, /packed as 14 x 14 x 1/],
])('%j exits %i in one line', async (args, expected, message) => {
  const before = readdirSync(cwd);
  const { code, stderr } = await runHere(args, { cwd });
  expect([code, stderr]).toEqual([expected, expect.stringMatching(message)]);
  expect(readdirSync(cwd)).toEqual(before);
});
