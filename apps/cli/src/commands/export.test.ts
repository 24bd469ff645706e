import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRun } from '@latentkit/experiment/node';
import { importOnnx, importTorch } from '@latentkit/interop';
import { expect, test } from 'vitest';
import { jsonRows, runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ first: {} });

const read = (folder: string) =>
  Object.fromEntries(
    readdirSync(join(cwd, folder)).map((name) => [
      name,
      new Uint8Array(readFileSync(join(cwd, folder, name))),
    ]),
  ) as never;

test.each([
  ['onnx', importOnnx, ['decoder_model.onnx', 'encoder_model.onnx']],
  ['torch', importTorch, ['config.json', 'latentkit_numpy.py', 'latentkit_torch.py', 'model.safetensors']],
] as const)('writes a folder of %s that holds the weights of the run', async (to, back, names) => {
  const { code, stdout } = await runHere(['export', 'first', '--to', to, '--json'], { cwd });
  expect(code).toBe(0);
  expect(readdirSync(join(cwd, to)).sort()).toEqual(names);
  expect(jsonRows(stdout)[0]).toMatchObject({
    run: 'first',
    to,
    files: expect.arrayContaining([join(to, names[0])]),
  });
  const run = await loadRun(join(cwd, 'first'));
  expect(back(read(to))).toEqual({
    spec: run.spec,
    epoch: run.epoch,
    weights: { ...run.weights },
    notes: [],
  });
  run.dispose();
});

test('writes encoder and decoder for Keras', async () => {
  expect((await runHere(['export', 'first', '--to', 'keras'], { cwd })).code).toBe(0);
  expect(readdirSync(join(cwd, 'keras')).sort()).toEqual(['decoder.keras', 'encoder.keras']);
});

test('makes a folder for the Hub that says how the run was trained, and nothing of this computer', async () => {
  const { code } = await runHere(['export', 'first', '--to', 'hub-folder', '--license', 'mit'], { cwd });
  expect(code).toBe(0);
  const text = (name: string) => readFileSync(join(cwd, 'hub-folder', name), 'utf8');
  const card = text('README.md');
  expect(card).toMatch(/^---\nlicense: "mit"\n/);
  expect(card).toMatch(
    /\| validation loss \| [0-9.]+ \|\n\| validation reconstruction \| [0-9.]+ \|\n\| validation KL \|/,
  );
  expect(card).toContain('npx @latentkit/cli train --recipe digits-dense');
  expect(readdirSync(join(cwd, 'hub-folder', 'onnx'))).toHaveLength(2);
  expect(text('metrics.csv')).toBe(readFileSync(join(cwd, 'first', 'metrics.csv'), 'utf8'));
  const config = JSON.parse(readFileSync(join(cwd, 'first', 'config.json'), 'utf8'));
  expect(JSON.parse(text('run-config.json'))).toEqual(config);
  const moved = { ...config, dataset: { name: 'mnist', dataDir: '/home/somebody/secret' } };
  cpSync(join(cwd, 'first'), join(cwd, 'elsewhere'), { recursive: true });
  mkdirSync(join(cwd, 'elsewhere', 'figures'), { recursive: true });
  writeFileSync(join(cwd, 'elsewhere', 'figures', 'latent-grid.png'), 'a picture');
  writeFileSync(join(cwd, 'elsewhere', 'config.json'), JSON.stringify(moved));
  expect((await runHere(['export', 'elsewhere', '--to', 'hub-folder', '--out', 'other'], { cwd })).code).toBe(
    0,
  );
  expect(readFileSync(join(cwd, 'other', 'README.md'), 'utf8')).toContain(
    '<img src="figures/latent-grid.png" alt="latent grid" ',
  );
  expect(readFileSync(join(cwd, 'other', 'figures', 'latent-grid.png'), 'utf8')).toBe('a picture');
  for (const name of readdirSync(join(cwd, 'other'), { recursive: true, encoding: 'utf8' }))
    if (/\.(?:md|json|csv|py)$/.test(name))
      expect(readFileSync(join(cwd, 'other', name), 'utf8')).not.toContain('secret');
});

test('overwrites nothing unless it is told to', async () => {
  await runHere(['export', 'first', '--out', 'there'], { cwd });
  const again = await runHere(['export', 'first', '--out', 'there'], { cwd });
  expect(again).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/encoder_model\.onnx already.*--force\n$/),
  });
  expect((await runHere(['export', 'first', '--out', 'there', '--force'], { cwd })).code).toBe(0);
});

test.each([
  [['export', 'gone'], 1, /gone/],
  [['export', 'first', '--to', 'pickle'], 2, /onnx, keras, tfjs, torch/],
  [['export', 'first', '--to', 'torch', '--symmetric', '--out', 'new'], 2, /--symmetric is for --to onnx/],
  [['export', 'first', '--license', 'mit', '--out', 'new'], 2, /--license is for --to hub-folder/],
  [['export', 'first', '--out', 'first/config.json'], 1, /cannot write the folder/],
] as const)('%j is refused in a line', async (args, code, message) => {
  const got = await runHere([...args], { cwd });
  expect(got).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) });
  expect(
    got.stderr
      .trimEnd()
      .split('\n')
      .filter((line) => line.startsWith('error: ')),
  ).toHaveLength(1);
  expect(existsSync(join(cwd, 'new'))).toBe(false);
});
