import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { expect, test } from 'vitest';
import { NO_FIGURES, runCli, TINY, temporaryFolder } from '../testing/run-cli.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';

/** Where a run's model is asked about, and nothing that is written after it. */
const BEFORE_FIGURES = { interrupt: { when: 'epoch 2/2' } };
const STOPPED = 130;

test('a pipe gets a line an epoch and the run directory on stdout, the talk on stderr', async () => {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await runCli(['train', ...TINY], { cwd });
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(
    /^epoch 1\/2 {3}loss +[\d.]+ {3}reconstruction +[\d.]+ {3}kl +[\d.]+ {3}val loss +[\d.]+ {3}lr 0.002 +[\d.]+ s$/,
  );
  expect(lines[1]).toMatch(/^epoch 2\/2/);
  expect(lines[2]).toMatch(/^runs[/\\]\d{8}-\d{6}-digits-dense$/);
  expect(stderr).toContain('digits-dense on digits\n470,426 parameters\n');
  expect(stderr).toContain('40 training and 8 validation images of 28 x 28');
  expect(stderr).toContain(`Open ${join(lines[2]!, 'report.html')}`);
  expect(existsSync(join(cwd, lines[2]!, 'report.html'))).toBe(true);
  expect(stdout + stderr).not.toContain('\x1b');
});

test('--validation holds training images out to choose the epoch by, and the others test', async () => {
  const out = join(temporaryFolder(), 'run');
  const { code, stderr } = await runHere([
    'train',
    ...TINY,
    ...NO_FIGURES,
    '--validation',
    '10',
    '--out',
    out,
  ]);
  expect(code).toBe(0);
  expect(stderr).toContain('30 training, 10 validation and 8 test images of 28 x 28');
  expect(stderr).toMatch(
    /Kept epoch \d of 2: validation loss [\d.]+\nTest loss [\d.]+, on images that chose nothing/,
  );
  expect(JSON.parse(readFileSync(join(out, 'config.json'), 'utf8')).dataset).toMatchObject({
    validation: 10,
  });
});

test('--json writes rows on stdout and says nothing else', async () => {
  const out = join(temporaryFolder(), 'run');
  const { code, stdout, stderr } = await runHere(['train', ...TINY, ...NO_FIGURES, '--json', '--out', out]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const rows = jsonRows(stdout);
  expect(rows.map(({ type }) => type)).toEqual(['start', 'epoch', 'epoch', 'end', 'written']);
  expect(Object.keys(rows[1])).toEqual([
    ...['type', 'epoch', 'loss', 'reconstruction', 'kl', 'valLoss', 'valReconstruction', 'valKl'],
    ...['learningRate', 'seconds', 'beta'],
  ]);
  expect(rows[4].directory).toBe(out);
});

test('flags override --config, which overrides the recipe, and the run keeps what came of it', async () => {
  const cwd = temporaryFolder();
  const training = { epochs: 7, batchSize: 10, seed: 5 };
  writeFileSync(
    join(cwd, 'my.json'),
    JSON.stringify({ recipe: 'mlp-mse', dataset: { limit: 20 }, training }),
  );
  const flags = [
    '--epochs',
    '2',
    '--beta',
    '0.25',
    '--latent-dim',
    '3',
    '--learning-rate',
    '0.01',
    '--out',
    'run',
  ];
  const { code } = await runHere(['train', '--config', 'my.json', ...flags], { cwd, ...BEFORE_FIGURES });
  expect(code).toBe(STOPPED);
  const config = JSON.parse(readFileSync(join(cwd, 'run', 'config.json'), 'utf8'));
  expect(config).toMatchObject({
    recipe: 'mlp-mse',
    dataset: { name: 'digits', limit: 20 },
    model: { latentDim: 3, likelihood: { type: 'squaredError' } },
    training: { epochs: 2, batchSize: 10, seed: 5, beta: 0.25, learningRate: 0.01 },
  });
});

test("a run is not replaced without --force, and is with it; a user's own files never are", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'run'));
  writeFileSync(join(cwd, 'run', 'config.json'), 'mine');
  const args = ['train', ...TINY, '--out', 'run'];
  const foreign = await runHere([...args, '--force'], { cwd });
  expect(foreign).toMatchObject({ code: 2, stdout: '' });
  expect(foreign.stderr).toMatch(
    /^digits-dense on \w+\nerror: run holds a config.json that a run would overwrite[^\n]*\n$/,
  );
  expect(readFileSync(join(cwd, 'run', 'config.json'), 'utf8')).toBe('mine');
  const old = JSON.stringify({ recipe: 'old', dataset: {}, model: {}, training: {} });
  writeFileSync(join(cwd, 'run', 'config.json'), old);
  const refused = await runHere(args, { cwd });
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toMatch(/^digits-dense on \w+\nerror: run already holds a run.*--force\n$/);
  expect(readFileSync(join(cwd, 'run', 'config.json'), 'utf8')).toBe(old);
  expect((await runHere([...args, '--force'], { cwd, ...BEFORE_FIGURES })).code).toBe(STOPPED);
  expect(JSON.parse(readFileSync(join(cwd, 'run', 'config.json'), 'utf8'))).toMatchObject({
    recipe: 'digits-dense',
  });
});

test('a run of images of your own goes again by its config and their file, and refuses others', async () => {
  const cwd = temporaryFolder();
  const data = Uint8Array.from({ length: 40 * 16 }, (_, i) => (i * 29) % 256);
  writeFileSync(join(cwd, 'mine.npy'), encodeNpy({ shape: [40, 4, 4], data }));
  writeFileSync(join(cwd, 'other.npy'), encodeNpy({ shape: [40, 4, 4], data: data.map((v) => 255 - v) }));
  const own = ['train', '--data', 'mine.npy', ...TINY, '--out', 'a'];
  const first = await runHere(own, { cwd, ...BEFORE_FIGURES });
  expect(first.code).toBe(STOPPED);
  expect(first.stderr).toContain('digits-dense on arrays');
  const again = ['train', '--config', 'a/config.json', '--out', 'b'];
  const unnamed = await runHere(again, { cwd });
  expect(unnamed).toMatchObject({ code: 2, stdout: '' });
  expect(unnamed.stderr).toContain('Give them as a file with --data');
  const other = await runHere([...again, '--data', 'other.npy'], { cwd });
  expect(other).toMatchObject({ code: 2, stdout: '' });
  expect(other.stderr).toMatch(
    /^digits-dense on \w+\nerror: a: these are not the data of the run \('arrays'\): [^\n]*\n$/,
  );
  const second = await runHere([...again, '--data', 'mine.npy'], { cwd, ...BEFORE_FIGURES });
  expect(second.code).toBe(STOPPED);
  const weights = (run: string) => readFileSync(join(cwd, run, 'model.safetensors'));
  expect(weights('b').equals(weights('a'))).toBe(true);
});

test('--tensorboard writes event files, train and validation apart; a place where none can be is known before training', async () => {
  const cwd = temporaryFolder();
  const args = ['train', ...TINY, '--out', 'run', '--tensorboard'];
  const { code } = await runHere([...args, 'logs'], { cwd, ...BEFORE_FIGURES });
  expect(code).toBe(STOPPED);
  for (const part of ['train', 'validation']) {
    expect(readdirSync(join(cwd, 'logs', part))).toEqual([expect.stringMatching(/^events\.out\.tfevents\./)]);
  }
  const refused = await runHere([...args, join('run', 'config.json'), '--force'], { cwd });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('error: could not write run/config.json/train: ');
  expect(refused.stderr).not.toContain('parameters');
});

test('--preview says where no terminal is to draw on, and the run goes on', async () => {
  const { code, stderr } = await runHere(
    ['train', ...TINY, '--preview', '--out', join(temporaryFolder(), 'run')],
    BEFORE_FIGURES,
  );
  expect(code).toBe(STOPPED);
  expect(stderr).toContain('Note: No preview: pictures need a terminal on stderr, of Unicode, or one that');
});
