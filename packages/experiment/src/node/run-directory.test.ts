import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSafetensors } from '@latentkit/formats';
import { describe, expect, it } from 'vitest';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyConfig, tinySpec } from '../testing/tiny-run.ts';
import { checkRunDirectory, createRunDirectory } from './run-directory.ts';
import { RUN_FILES } from './run-files.ts';

const root = tempDirectory();
let runs = 0;
const newPath = () => join(root, `runs-${runs++}`, 'deep', 'run');

function write(path: string, content = 'mine'): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const epoch = { epoch: 1, loss: 1.5, reconstruction: 1, kl: 0.5, valLoss: 2, valReconstruction: 1, valKl: 1 };
const metrics = { ...epoch, learningRate: 0.01, beta: 1, seconds: 0.25 };

it('makes the folder, and those above it', async () => {
  const path = newPath();
  const directory = await createRunDirectory(path);
  expect(directory.path).toBe(path);
  expect(readdirSync(path).sort()).toEqual(['checkpoint', 'figures']);
});

it('writes each file as what it says', async () => {
  const path = newPath();
  const directory = await createRunDirectory(path);
  await directory.writeConfig(tinyConfig());
  expect(JSON.parse(readFileSync(join(path, 'config.json'), 'utf8'))).toEqual(tinyConfig());
  await directory.writeMetrics([metrics, { ...metrics, epoch: 2 }]);
  const lines = readFileSync(join(path, 'metrics.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([metrics, { ...metrics, epoch: 2 }]);
  const weights = { a: { shape: [2], data: Float32Array.of(1, 2) } };
  await directory.writeModel({ spec: tinySpec(), epoch: 2, weights });
  expect(JSON.parse(readFileSync(join(path, 'model.json'), 'utf8'))).toEqual({
    ...{ format: 'latentkit-model', version: 1, spec: tinySpec(), epoch: 2 },
  });
  expect(parseSafetensors(readFileSync(join(path, 'model.safetensors'))).tensors.a).toMatchObject(weights.a);
  await directory.writeReport('<!doctype html>');
  expect(readFileSync(join(path, 'report.html'), 'utf8')).toBe('<!doctype html>');
});

it('writes a figure as SVG and PNG, and nothing for a missing one', async () => {
  const path = newPath();
  const directory = await createRunDirectory(path);
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>';
  await directory.writeFigure({ name: 'samples', title: 'Samples', caption: 'Some.', svg });
  await directory.writeFigure({ name: 'latent-grid', title: 'Grid', missing: 'None.' });
  expect(readdirSync(join(path, 'figures')).sort()).toEqual(['samples.png', 'samples.svg']);
  expect(readFileSync(join(path, 'figures', 'samples.svg'), 'utf8')).toBe(svg);
  expect([...readFileSync(join(path, 'figures', 'samples.png')).subarray(0, 4)]).toEqual([
    0x89, 0x50, 0x4e, 0x47,
  ]);
});

describe('a folder that holds a file of a run', () => {
  it.each([...Object.values(RUN_FILES), join('figures', 'samples.png'), join('figures', 'loss-curves.svg')])(
    'such as %s is refused, and left as it is',
    async (name) => {
      const path = newPath();
      write(join(path, name));
      const refusal = {
        code: 'E_EXISTS',
        message: `${path} already holds a run: there is a ${name}. Choose another folder with --out, or overwrite it with --force`,
      };
      await expect(checkRunDirectory(path)).rejects.toMatchObject(refusal);
      await expect(createRunDirectory(path)).rejects.toMatchObject(refusal);
      expect(readFileSync(join(path, name), 'utf8')).toBe('mine');
    },
  );

  it('is emptied of them by force, and of nothing else', async () => {
    const path = newPath();
    const others = [
      'notes.txt',
      join('figures', 'own.svg'),
      join('checkpoint', 'epoch-3.safetensors'),
      join('src', 'a.ts'),
    ];
    for (const name of [...Object.values(RUN_FILES), join('figures', 'samples.png'), ...others])
      write(join(path, name));
    await checkRunDirectory(path, { force: true });
    await createRunDirectory(path, { force: true });
    for (const name of Object.values(RUN_FILES)) expect(existsSync(join(path, name)), name).toBe(false);
    expect(existsSync(join(path, 'figures', 'samples.png'))).toBe(false);
    for (const name of others) expect(readFileSync(join(path, name), 'utf8'), name).toBe('mine');
  });
});

it('a folder with other files is used, and they stay', async () => {
  const path = newPath();
  write(join(path, 'notes.txt'));
  write(join(path, 'figures', 'own.svg'));
  await createRunDirectory(path);
  expect(readFileSync(join(path, 'notes.txt'), 'utf8')).toBe('mine');
  expect(readFileSync(join(path, 'figures', 'own.svg'), 'utf8')).toBe('mine');
});

it('a path that is a file gives E_IO in words', async () => {
  const path = newPath();
  write(path);
  await expect(createRunDirectory(path)).rejects.toMatchObject({
    code: 'E_IO',
    message: expect.stringContaining('is a file'),
  });
  await expect(createRunDirectory(join(path, 'below'))).rejects.toMatchObject({ code: 'E_IO' });
  expect(readFileSync(path, 'utf8')).toBe('mine');
});
