import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadRun } from '@latentkit/experiment/node';
import { encodeNpy, fingerprintWeights } from '@latentkit/formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { NO_FIGURES } from '../testing/run-cli.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ first: {} });
const fixturesOf = (folder: URL) => (path: string) => fileURLToPath(new URL(path, folder));
const weights = fixturesOf(new URL('../../../../packages/interop/fixtures/', import.meta.url));
const broken = fixturesOf(new URL('../../../../packages/formats/fixtures/', import.meta.url));
const KERAS = weights('keras/vae.weights.h5');
const TORCH = weights('torch/vae.pt');

async function imported(files: readonly string[], out: string) {
  const { code, stdout, stderr } = await runHere(['import', ...files, '--out', out, '--json'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('Imported') });
  return { ...jsonRows(stdout)[0], stderr };
}
const stateOf = (run: string) => ({
  config: JSON.parse(readFileSync(join(cwd, run, 'config.json'), 'utf8')),
});

beforeAll(() => {
  for (const [name, side] of [
    ['small', 8],
    ['tiny', 4],
  ] as const) {
    const data = Uint8Array.from({ length: 20 * side * side }, (_, i) => (i * 37) % 256);
    writeFileSync(join(cwd, `${name}.npy`), encodeNpy({ shape: [20, side, side], data }));
  }
});

describe.each(['onnx', 'keras', 'tfjs', 'torch'] as const)('what was exported to %s', (to) => {
  test('comes back as a run of the same weights', async () => {
    await runHere(['export', 'first', '--to', to], { cwd });
    const { format, spec, fingerprint, notes } = await imported([to], `from-${to}`);
    const run = await loadRun(join(cwd, 'first'));
    expect({ format, spec, notes, fingerprint }).toEqual({
      ...{ format: to, spec: run.spec, notes: [] },
      fingerprint: await fingerprintWeights(run.weights),
    });
    run.dispose();
  });
});

test('a model of Keras becomes a run that evaluate, sample, encode and report take', async () => {
  const { run, format, notes, stderr } = await imported([KERAS], 'keras-run');
  expect({ run, format }).toEqual({ run: 'keras-run', format: 'keras' });
  expect(notes).toHaveLength(5);
  for (const note of notes) expect(stderr).toContain(`Note: ${note}`);
  const { config } = stateOf('keras-run');
  expect(config).toMatchObject({
    recipe: 'imported',
    dataset: { name: 'arrays' },
    start: { from: KERAS },
    training: { epochs: 0 },
  });
  const data = ['--data', 'small.npy'];
  for (const args of [
    ['evaluate', 'keras-run', ...data],
    ['sample', 'keras-run', '--count', '4'],
    ['encode', 'keras-run', ...data, '--out', 'codes.csv'],
    ['project', 'keras-run', ...data, '--methods', 'pca'],
    ['report', 'keras-run', ...data],
  ]) {
    const { code, stderr } = await runHere(args, { cwd });
    expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' });
  }
  const report = readFileSync(join(cwd, 'keras-run', 'report.html'), 'utf8');
  expect(report).toContain('and not trained here');
  expect(report).toContain('taken for relu');
  const [row] = jsonRows((await runHere(['runs', 'keras-run', '--json'], { cwd })).stdout);
  expect(row).toMatchObject({ state: 'finished', epochs: 0 });
});

describe('train --from', () => {
  test('a run trains its weights further on other images, and says where it started', async () => {
    const args = [
      'train',
      '--from',
      'keras-run',
      '--data',
      'small.npy',
      '--epochs',
      '1',
      '--batch-size',
      '8',
      ...NO_FIGURES,
      '--json',
    ];
    const train = (out: string) => runHere([...args, '--out', out], { cwd });
    const { code, stdout, stderr } = await train('tuned');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { config } = stateOf('tuned');
    const start = await loadRun(join(cwd, 'keras-run'));
    expect(config.start).toEqual({ from: 'keras-run', weights: await fingerprintWeights(start.weights) });
    start.dispose();
    const written = (rows: string) => jsonRows(rows).find((row) => row.type === 'written').fingerprint;
    expect(written(stdout)).not.toBe(config.start.weights);
    expect(written((await train('again')).stdout)).toBe(written(stdout)); // the same bits
    const report = readFileSync(join(cwd, 'tuned', 'report.html'), 'utf8');
    expect(report).toContain('Trained for 1 epoch from the weights of keras-run on');
    expect(report).toContain('--from keras-run');
  });

  test("a file of PyTorch, trained as a recipe says, and a run of one's own", async () => {
    const args = [
      'train',
      '--from',
      TORCH,
      '--data',
      'tiny.npy',
      '--epochs',
      '1',
      '--batch-size',
      '8',
      ...NO_FIGURES,
      '--out',
      'from-pt',
    ];
    expect(await runHere(args, { cwd })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("the mean is 'fc21'"),
    });
    expect(
      await runHere(
        ['train', '--from', 'first', '--limit', '40', '--epochs', '1', ...NO_FIGURES, '--out', 'on'],
        { cwd },
      ),
    ).toMatchObject({ code: 0 });
    expect(stateOf('on').config).toMatchObject({
      recipe: 'digits-dense',
      dataset: { name: 'digits', limit: 40 },
      start: { from: 'first' },
    });
  });

  test.each([
    [['--from', 'first', '--latent-dim', '7'], /its model's latentDim is \d+, and 7 is asked for/],
    [
      ['--from', 'first', '--recipe', 'keras-conv', '--set', 'model.encoder.activation=tanh'],
      /its model's encoder is/,
    ],
    [
      ['--from', 'first', '--data', 'small.npy'],
      /the images are 8 x 8 x 1, and those of its model 28 x 28 x 1.*--size 28/,
    ],
    [['--from', KERAS], /its images were your own.*--data/],
    [['--from', 'frist'], /there is no frist\. Did you mean 'first'/],
    [
      ['--config', 'tuned/config.json', '--data', 'small.npy'],
      /begins with the weights of keras-run, and none were given\. Name them with --from/,
    ],
    [
      ['--from', 'first', '--config', 'tuned/config.json', '--data', 'small.npy'],
      /began with the weights of keras-run/,
    ],
  ] as const)('%j is refused in a line, and nothing is written', async (args, message) => {
    const { code, stderr } = await runHere(['train', ...args, '--epochs', '1', '--out', 'refused'], { cwd });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
    expect(existsSync(join(cwd, 'refused'))).toBe(false);
  });
});

test.each([
  [[broken('torch-evil.pt')], 1, /asks for posix\.system, which only Python could run/],
  [[broken('plain.zip')], 1, /a ZIP without data\.pkl/],
  [['first/config.json'], 1, /expected the files of one model/],
  [['nothing.pt'], 1, /there is no nothing\.pt/],
  [[KERAS, '--recipe', 'keras-dense'], 1, /no model of Latentkit|expected one for encoder\.hidden1/],
  [[KERAS, '--recipe', 'keras'], 2, /keras-/],
  [[KERAS, '--dataset', 'mnist'], 2, /images of mnist are 28 x 28 x 1, and those of the model 8 x 8 x 1/],
  [[KERAS, '--data-dir', '.'], 2, /--data-dir goes with --dataset/],
  [['first', '--out', 'new'], 2, /first is a run already.*train --from first/],
] as const)('import %j is refused in a line, and nothing is written', async (args, code, message) => {
  const got = await runHere(
    ['import', ...args, ...(args.includes('--out' as never) ? [] : ['--out', 'new'])],
    { cwd },
  );
  expect(got).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) });
  expect(
    got.stderr
      .trimEnd()
      .split('\n')
      .filter((line) => line.startsWith('error: ')),
  ).toHaveLength(1);
  expect(existsSync(join(cwd, 'new'))).toBe(false);
});

test('an ONNX file of another program, or half of an export, is refused', async () => {
  const { code, stderr } = await runHere(['import', 'onnx/encoder_model.onnx', '--out', 'new'], { cwd });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining('expected the encoder and the decoder that exportOnnx writes'),
  });
});

test('a run that is there stays', async () => {
  const { code, stderr } = await runHere(['import', KERAS, '--out', 'first'], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('already holds a run') });
});
