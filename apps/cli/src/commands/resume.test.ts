import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_FIGURES, runCli } from '../testing/run-cli.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';

const SMALL = ['--set', 'model.encoder.hidden=[16]', '--set', 'model.decoder.hidden=[16]'];
const ARGS = ['train', ...SMALL, '--limit', '200', '--batch-size', '20', '--epochs', '3', '--eager'];
const cwd = mkdtempSync(join(tmpdir(), 'latentkit-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
const read = (...path: string[]) => readFileSync(join(cwd, ...path));

/** The command that a stopped run's last words say. */
function saidIn(stderr: string): string[] {
  const said = /^Go on with it: latentkit (.*)$/m.exec(stderr)?.[1];
  expect(said).toBeDefined();
  return said!.split(' ');
}

beforeAll(async () => {
  await runHere([...ARGS, ...NO_FIGURES, '--out', 'whole', '--json'], { cwd });
  await runHere([...ARGS, '--out', 'stopped', '--json'], { cwd, interrupt: { when: '"epoch":1' } });
});

test('the command that a stop says goes on to the bytes of the uninterrupted run', async () => {
  const [first, second] = [
    await runCli([...ARGS, ...NO_FIGURES, '--out', 'run'], {
      cwd,
      interrupt: { when: 'epoch 1/3', signal: 'SIGTERM' },
    }),
    await runCli(['train', '--resume', 'run', '--workers', '1'], { cwd }),
  ];
  expect(first.code).toBe(143);
  expect(saidIn(first.stderr)).toEqual(['train', '--resume', 'run']);
  expect(second).toMatchObject({ code: 0, stdout: expect.stringMatching(/^epoch [23]\/3[\s\S]*\nrun\n$/) });
  expect(second.stderr).toMatch(
    /^Going on with run\n[^\n]*parameters\nGoes on (after epoch \d|in epoch \d, after batch \d+ of 10)\n/,
  );
  expect(read('run', 'model.safetensors').equals(read('whole', 'model.safetensors'))).toBe(true);
});

test('with more epochs, and flags that change nothing; rows say where it goes on', async () => {
  const more = [
    '--epochs',
    '4',
    '--seed',
    String(JSON.parse(read('whole', 'config.json').toString()).training.seed),
  ];
  const { code, stdout } = await runHere(['train', '--resume', 'whole', '--eager', '--json', ...more], {
    cwd,
  });
  expect(code).toBe(0);
  const [start, epoch] = jsonRows(stdout);
  expect(start).toMatchObject({ type: 'start', epochs: 4, resumes: { epoch: 3, batch: 0 } });
  expect(start.notes).toEqual([expect.stringContaining('training.learningRate lasted as long as the run')]);
  expect(epoch).toMatchObject({ type: 'epoch', epoch: 4 });
});

test.each<[flags: string, error: RegExp]>([
  ['--batch-size 64', /expected training\.batchSize 20, got 64\. Leave that out, or train anew/],
  ['--set training.clip.norm=1', /expected training\.clip\.norm nothing, got 1/],
  ['--recipe keras-dense', /expected recipe "digits-dense", got "keras-dense"/],
  [
    '--learning-rate 0.1',
    /expected training\.learningRate \{"type":"cosine","from":[\d.e-]+,"to":[\d.e-]+\}, got 0\.1\. Leave/,
  ],
  ['--objective iwae --set objective.samples=3', /expected objective\.type nothing, got "iwae"\. Leave/],
  ['--set figures=[]', /expected figures nothing, got \[\]\. Leave/],
  ['--set training.epochs=many', /epochs must be a whole number from 1, got 'many'/],
  ['--set training=3', /--set: training must be an object, got 3/],
  ['--labels labels.npy', /--labels goes with --data/],
  ['--dataset mnist', /the run was made with digits, not with mnist/],
  ['--epochs 1 --beta 3', /expected training\.beta /],
  ['--out elsewhere', /option '--resume <run>' cannot be used with option '--out <dir>'/],
  ['--checkpoint-minutes 0', /'--checkpoint-minutes <x>' argument '0' is invalid/],
])('train --resume with %s exits 2 in one line', async (flags, error) => {
  const { code, stdout, stderr } = await runHere(
    ['train', '--resume', 'stopped', '--json', ...flags.split(' ')],
    {
      cwd,
    },
  );
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(error);
  expect(stderr).toMatch(/^error: [^\n]*\n$/);
});

test('flags and a file that say what the run was made with go through, and more epochs of --set', async () => {
  writeFileSync(join(cwd, 'part.json'), JSON.stringify({ training: { batchSize: 20, beta: 1 } }));
  const same = ['--config', 'part.json', '--objective', 'elbo', '--limit', '200', '--recipe', 'digits-dense'];
  const args = ['train', '--resume', 'stopped', '--eager', '--json', ...same, '--set', 'training.epochs=4'];
  const { code, stdout } = await runHere(args, { cwd });
  expect(code).toBe(0);
  expect(jsonRows(stdout)[0]).toMatchObject({ type: 'start', epochs: 4 });
});

test('a folder that holds no run exits 1, and so does one that is not there', async () => {
  const errorOf = async (run: string) =>
    (await runHere(['train', '--resume', run, '--json'], { cwd })).stderr;
  mkdirSync(join(cwd, 'nothing'));
  expect(await errorOf('nothing')).toBe(
    'error: nothing holds no run to go on with. Name the folder that the run was written to\n',
  );
  expect(await errorOf('stoped')).toBe("error: there is no folder stoped. Did you mean 'stopped'?\n");
});

test('a run of images of your own goes on with their file, which the message names', async () => {
  const images = Uint8Array.from({ length: 60 * 784 }, (_, i) => (i * 31) % 256);
  writeFileSync(join(cwd, 'my images.npy'), encodeNpy({ shape: [60, 28, 28], data: images }));
  const own = [
    'train',
    '--data',
    'my images.npy',
    '--batch-size',
    '9',
    '--epochs',
    '4',
    '--eager',
    '--out',
    'own',
  ];
  const { stderr } = await runHere(own, { cwd, interrupt: { when: 'epoch 1/4' } });
  expect(stderr).toContain("Go on with it: latentkit train --resume own --data 'my images.npy'\n");
  const without = await runHere(['train', '--resume', 'own', '--json'], { cwd });
  expect(without).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Give their file or folder with --data PATH'),
  });
  const { code, stdout } = await runHere(['train', '--resume', 'own', '--data', 'my images.npy', '--json'], {
    cwd,
  });
  expect(code).toBe(0);
  expect(jsonRows(stdout).at(-1)).toMatchObject({ type: 'written', directory: 'own' });
});
