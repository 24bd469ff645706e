import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, TINY, temporaryFolder, withFetch } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

const WHOLE = 'It must be a whole number of at least 1. See latentkit train --help';

test.each<[command: string, error: string]>([
  ['trian', "unknown command 'trian'. Did you mean train? See latentkit --help"],
  ['bench --quick', 'the benchmark belongs to the repository. In a clone of it: npx -y pnpm@12 bench'],
  ['train --epoch 3', "unknown option '--epoch'. Did you mean --epochs? See latentkit train --help"],
  ['train --epochs', "option '--epochs <n>' argument missing. See latentkit train --help"],
  [
    'train runs/first',
    "train takes options alone, and got runs/first. To go on with a run there: --resume runs/first; for a new run's folder: --out runs/first",
  ],
  ['train --recipe keras-dens', "--recipe: there is no recipe 'keras-dens'. Did you mean 'keras-dense'?"],
  ['summary --recipe keras-dens', "--recipe: there is no recipe 'keras-dens'. Did you mean 'keras-dense'?"],
  ['train --dataset mnits', "--dataset: there is no dataset 'mnits'. Did you mean 'mnist'?"],
  ['train --epochs -1', `option '--epochs <n>' argument '-1' is invalid. ${WHOLE}`],
  [
    'train --beta -1',
    "option '--beta <x>' argument '-1' is invalid. It must be a number of at least 0. See latentkit train --help",
  ],
  [
    'train --recipe autoencoder --beta 2',
    "--beta weighs the KL, and a model of kind 'autoencoder' has none to weigh. Leave it out, or choose another --recipe",
  ],
  [
    'train --data-dir .',
    '--data-dir: the digits are drawn by code and read no files. Leave it out, or name the dataset with --dataset mnist',
  ],
  [
    'train --objective betaTc',
    '--objective betaTc has no default for its totalCorrelation. Choose one: --objective betaTc --set objective.totalCorrelation=...',
  ],
  [
    'train --objective infoVae --set objective.mmdd=3',
    "--set: there is no field objective.mmdd. Did you mean 'mmd'?",
  ],
  [
    'train --workers 1e9',
    "option '--workers <n>' argument '1e9' is invalid. It must be a whole number from 1 to 256. See latentkit train --help",
  ],
  [
    'train --latent-dim 1e7 --dataset mnist',
    "createModel: expected at most 268,435,456 parameters, got 1,280,233,856 with 'encoder.mean.kernel' of [128, 10000000]. Make latentDim, hidden, filters or components smaller",
  ],
  [
    `train --epochs ${'9'.repeat(5000)}x`,
    `option '--epochs <n>' argument '${'9'.repeat(40)}...' is invalid. ${WHOLE}`,
  ],
  ['summary --set model.latentdim=3', "--set: there is no field model.latentdim. Did you mean 'latentDim'?"],
  [
    'summary --recipe residual --set model.encoder.groups=7',
    '--set: model.encoder.groups must divide the filters of every stage, 32, 64, 128, got 7. Take another number, or leave groups out',
  ],
  [
    'summary --set 3',
    "option '--set <path=value>' argument '3' is invalid. It must be path=value, as training.epochs=3. See latentkit summary --help",
  ],
  ...[
    ['train --out ', 'train: --out <dir>'],
    ['train --tensorboard ', 'train: --tensorboard <dir>'],
    ['train --resume ', 'train: --resume <run>'],
    ['evaluate ', 'evaluate: run'],
    ['compare a ', 'compare: runs'],
    ['clean  --yes', 'clean: folder'],
  ].map(
    ([command, what]) =>
      [
        command!,
        `${what} is empty. Give it a value, or leave it out; a variable that is not set in a script comes as this`,
      ] as [string, string],
  ),
  ['train --config nowhere.json', '--config: cannot read nowhere.json: there is no such file'],
])('%s exits 2 with one line', async (command, error) => {
  const cwd = temporaryFolder();
  expect(await runHere(command.split(' '), { cwd })).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${error}\n`,
  });
  expect(readdirSync(cwd)).toEqual([]);
});

test.each([
  ['{', /is not JSON/],
  ['{"__proto__": {}}', /my\.json: it must not have a field __proto__/],
  [`${'{"model":'.repeat(9000)}1${'}'.repeat(9000)}`, /at most 100 deep in each other/],
  [`{"recipe": "${'x'.repeat(5e6)}"}`, /^.{0,200}there is no recipe 'x{40}\.\.\.'/],
  ['{"training": {"epochz": 1}}', /my\.json: .*epochz.*Did you mean 'epochs'\?/],
  ['{"training": {"epochs": "1"}}', /my\.json: training\.epochs must be a whole number of at least 1/],
])('wrong config %# exits 2 with one line', async (text, error) => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'my.json'), text);
  const { code, stdout, stderr } = await runHere(['train', '--config', 'my.json'], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error: [^\n]*\n$/);
  expect(stderr).toMatch(error);
  expect(readdirSync(cwd)).toEqual(['my.json']);
});

test('a batch larger than the data exits 2 and leaves no folder', async () => {
  const cwd = temporaryFolder();
  const result = await runHere(['train', '--limit', '20', '--batch-size', '21'], { cwd });
  expect(result).toMatchObject({ code: 2, stdout: '' });
  expect(result.stderr).toMatch(
    /^digits-dense on \w+\nerror: [^\n]*batch size 21 exceeds the 20 training examples[^\n]*\n$/,
  );
  expect(readdirSync(cwd)).toEqual([]);
});

test.each(['taken', 'taken/below'])('--out %s, where a file is, exits 1 and leaves the file', async (out) => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'taken'), 'mine');
  const { code, stdout, stderr } = await runHere(['train', ...TINY, '--out', out], { cwd });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(
    /^digits-dense on \w+\nerror: cannot write the folder taken.* file\. Choose another place with --out\n$/,
  );
  expect(readFileSync(join(cwd, 'taken'), 'utf8')).toBe('mine');
});

test('a --data-dir without the files exits 1, naming them', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'data'));
  writeFileSync(join(cwd, 'data', 't10k-labels-idx1-ubyte'), '');
  const { code, stderr } = await runHere(
    ['train', '--dataset', 'mnist', '--data-dir', 'data', '--out', 'run'],
    { cwd },
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^digits-dense on \w+\nerror: mnist: data has no train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images[^\n]*\n$/,
  );
  expect(existsSync(join(cwd, 'run'))).toBe(false);
});

test('a truncated file in --data-dir exits 1, naming it', async () => {
  const cwd = temporaryFolder();
  for (const name of ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1']) {
    writeFileSync(
      join(cwd, `${name}-ubyte`),
      Uint8Array.of(0, 0, 8, 3, 0, 0, 234, 96, 0, 0, 0, 28, 0, 0, 0, 28, 7),
    );
  }
  const { code, stderr } = await runHere(['train', '--dataset', 'mnist', '--data-dir', '.', '--out', 'run'], {
    cwd,
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^digits-dense on \w+\nerror: mnist: [^\n]*train-images-idx3-ubyte: [^\n]*\n$/);
});

test('ui of what is no run says so before it serves anything', async () => {
  const { code, stdout, stderr } = await runHere(['ui', 'runs/first', '--no-open']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^error: [^\n]*runs\/first[^\n]*\n$/);
});

test('no network exits 1 and says what else there is', async () => {
  const cwd = temporaryFolder();
  const env = {
    ...withFetch(
      `async () => { throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') }); }`,
    ),
    LATENTKIT_CACHE: join(cwd, 'cache'),
  };
  const { code, stdout, stderr } = await runCli(['train', '--dataset', 'mnist', '--out', 'run'], {
    cwd,
    env,
  });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(
    /^digits-dense on mnist\n(?:Downloading [^\n]*\n)+error: could not download [^\n]*--data-dir[^\n]*--dataset digits[^\n]*\n$/,
  );
  expect(existsSync(join(cwd, 'run'))).toBe(false);
});

test('the stack is shown only with --debug', async () => {
  const { code, stderr } = await runHere(['train', '--recipe', 'nothing-like-it', '--debug']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: .*\nLatentkitError: .*\n\s+at /);
});
