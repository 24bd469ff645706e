import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
  [['export', 'first', '--to', 'pickle'], 2, /onnx, keras, torch/],
  [['export', 'first', '--to', 'torch', '--symmetric', '--out', 'new'], 2, /--symmetric is for --to onnx/],
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
