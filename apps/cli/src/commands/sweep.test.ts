import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';
import { SMALL_SWEEP, sweepResults } from '../testing/small-sweep.ts';

/** A folder with a sweep.json. */
function folderWith(sweep: unknown = SMALL_SWEEP, cwd = temporaryFolder()): string {
  writeFileSync(join(cwd, 'sweep.json'), typeof sweep === 'string' ? sweep : JSON.stringify(sweep));
  return cwd;
}

describe('6 small runs by halving', () => {
  const serial = mkdtempSync(join(tmpdir(), 'latentkit-cli-'));

  afterAll(() => rmSync(serial, { recursive: true, force: true }));

  beforeAll(async () => {
    folderWith(SMALL_SWEEP, serial);
    await runHere(['sweep', 'sweep.json', '--out', 'sweep'], { cwd: serial });
  });

  test('killed on two workers in the middle, come to the same table and weights, to the byte', async () => {
    const cwd = folderWith();
    const interrupt = { when: '"trial":3', signal: 'SIGKILL' as const };
    await runCli(['sweep', 'sweep.json', '--out', 'sweep', '--workers', '2', '--json'], { cwd, interrupt });
    expect(existsSync(join(cwd, 'sweep', 'table.csv'))).toBe(false);
    const status = await runHere(['sweep', 'status', 'sweep', '--json'], { cwd });
    expect(jsonRows(status.stdout)[0]).toMatchObject({ state: 'stopped', of: 11 });
    expect(jsonRows(status.stdout)[0].trials.length).toBeGreaterThanOrEqual(3);
    const { code, stdout } = await runHere(['sweep', 'resume', 'sweep', '--json'], { cwd });
    expect(code).toBe(0);
    expect(jsonRows(stdout).map(({ epochs }) => epochs)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 4]);
    expect(sweepResults(join(cwd, 'sweep'))).toEqual(sweepResults(join(serial, 'sweep')));
    const journal = jsonRows(readFileSync(join(cwd, 'sweep', 'optuna.log'), 'utf8'));
    const begins = journal.filter(({ op_code }) => op_code === 4);
    const ends = journal.filter(({ datetime_complete }) => datetime_complete);
    expect(ends).toHaveLength(6);
    for (const { trial_id, datetime_complete } of ends) {
      expect(datetime_complete > begins[trial_id].datetime_start, `trial ${trial_id}`).toBe(true);
    }
  });

  test('a survivor has the weights of one that was trained at once', async () => {
    const run = join(serial, 'sweep', 'best', '1');
    await runHere(['train', '--config', join(run, 'config.json'), '--out', 'whole'], { cwd: serial });
    const weights = (folder: string) => readFileSync(join(folder, 'model.safetensors')).toString('base64');
    expect(weights(run)).toBe(weights(join(serial, 'whole')));
  });

  test('end in a page, a table and a journal', async () => {
    const read = (name: string) => readFileSync(join(serial, 'sweep', name), 'utf8');
    const page = read('sweep.html');
    expect(page).toContain('in 6 trials');
    expect(page).toContain('pnpm app:cli train --resume sweep/best/1 --epochs 16');
    expect(read('table.csv').split('\n')[0]).toBe(
      'rank,trial,state,latentDim,learningRate,beta,epochs,keptEpoch,negativeElbo,reconstruction,kl,weights',
    );
    const journal = jsonRows(read('optuna.log'));
    expect(journal.filter(({ op_code }) => op_code === 4)).toHaveLength(6);
    expect(journal.filter(({ state }) => state === 1)).toHaveLength(1);
  });

  test('are there when they are asked for again', async () => {
    const { stdout, stderr } = await runHere(['sweep', 'status', 'sweep'], { cwd: serial });
    expect(stderr).toContain('sweep: done, 11 of 11 epochs of 6 trials');
    expect(stdout).toMatch(/^trial {2}epochs {4}-ELBO {2}settings\n/);
    const again = await runHere(['sweep', 'sweep.json', '--out', 'sweep'], { cwd: serial });
    expect(again.stderr).toBe(
      'error: sweep holds a sweep already. Go on with it: latentkit sweep resume sweep; or choose another folder with --out\n',
    );
  });
});

test('a sweep stops when it is asked to, keeps what is done, and says how to go on', async () => {
  const cwd = folderWith({ ...SMALL_SWEEP, strategy: 'sobol', budget: { trials: 8, epochs: 30 } });
  const running = runCli(['sweep', 'sweep.json', '--out', 'sweep', '--json'], { cwd });
  for (let i = 0; i < 400 && !existsSync(join(cwd, 'sweep', 'jobs')); i++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const { code, stderr } = await runHere(['sweep', 'stop', 'sweep'], { cwd });
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'Asked it to stop: trials under way keep their checkpoints.\n',
  });
  expect((await running).stderr).toContain('Go on with it: latentkit sweep resume sweep\n');
  expect(existsSync(join(cwd, 'sweep', 'table.csv'))).toBe(true);
  const again = await runHere(['sweep', 'stop', 'sweep'], { cwd });
  expect(again.stderr).toContain('nobody works on this sweep');
});

test('trials whose training fails are the last of the table, and the others go on', async () => {
  const cwd = folderWith({
    ...SMALL_SWEEP,
    config: { ...SMALL_SWEEP.config, figures: [] },
    ranges: { learningRate: [1e-3, 1e30], 'training.optimizer': [{ name: 'sgd' }] },
    strategy: 'grid',
    budget: { epochs: 1 },
  });
  const { code, stderr } = await runHere(['sweep', 'sweep.json', '--out', 'sweep'], { cwd });
  expect({ code, isTold: stderr.includes('failed') }).toEqual({ code: 0, isTold: true });
  const [, first, second] = readFileSync(join(cwd, 'sweep', 'table.csv'), 'utf8').split('\n');
  expect(first).toMatch(/^1,0,done,0\.001,/);
  expect(second).toMatch(/^2,1,failed,1e\+30,/);
});

test.each([
  ['{ "ranges": {} }', 'sweep.json: ranges: there is no range: name a setting, and its values'],
  ['{ "ranges": ', 'sweep.json'],
  [{ ...SMALL_SWEEP, recipee: 'x' }, "sweep.json: there is no field recipee. Did you mean 'recipe'?"],
  [{ ...SMALL_SWEEP, recipe: 'digits-dens' }, "Did you mean 'digits-dense'?"],
  [
    { ...SMALL_SWEEP, ranges: { latentdim: [2] } },
    "sweep.json: ranges.latentdim is no setting of a config: expected its path, as model.latentDim. Did you mean 'latentDim'?",
  ],
  [
    { ...SMALL_SWEEP, ranges: { 'model.latentDimm': [2] } },
    'sweep.json: model.latentDimm 2: there is no field model.latentDimm',
  ],
  [{ ...SMALL_SWEEP, ranges: { 'training.epochs': [2] } }, 'how long trials are trained is budget.epochs'],
  [{ ...SMALL_SWEEP, ranges: { 'dataset.limit': [20] } }, 'all trials are judged by the same images'],
  [
    { ...SMALL_SWEEP, ranges: { latentDim: [2, -1] } },
    'sweep.json: latentDim -1: model.latentDim must be a whole number of at least 1, got -1',
  ],
  [{ ...SMALL_SWEEP, strategy: 'halvin' }, "Did you mean 'halving'?"],
  [
    { ...SMALL_SWEEP, budget: { trials: 0 } },
    'sweep.json: budget.trials must be a whole number of at least 1, got 0',
  ],
])('%j says what is wrong, and writes nothing', async (sweep, message) => {
  const cwd = folderWith(sweep);
  const { code, stderr } = await runHere(['sweep', 'sweep.json', '--out', 'sweep'], { cwd });
  expect(stderr).toContain(message);
  expect(code).toBeGreaterThan(0);
  expect(existsSync(join(cwd, 'sweep'))).toBe(false);
});

test('a first file is written, and never over another', async () => {
  const cwd = temporaryFolder();
  const { code } = await runHere(['sweep', 'init'], { cwd });
  expect(code).toBe(0);
  expect(readFileSync(join(cwd, 'sweep.json'), 'utf8')).toContain('"recipe": "digits-dense"');
  const again = await runHere(['sweep', 'init'], { cwd });
  expect(again.stderr).toContain('there is a sweep.json already. Name another file');
});

test.each([
  [['sweep', 'status'], 'sweep status needs the folder of a sweep'],
  [['sweep', 'status', '.'], '. holds no sweep: there is no sweep.json'],
  [['sweep', 'resume', 'nowhere'], 'nowhere'],
  [['sweep', 'none.json'], 'cannot read none.json: there is no such file'],
  [['sweep', 'sweep.json', 'out'], 'sweep sweep.json takes no folder. Say where it goes with --out'],
])('%j is answered in words', async (args, message) => {
  const { code, stderr } = await runHere(args, { cwd: temporaryFolder() });
  expect(stderr).toContain(message);
  expect(code).toBeGreaterThan(0);
});
