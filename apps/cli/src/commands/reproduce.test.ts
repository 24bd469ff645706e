import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/run-cli.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';

const folder = process.env.LATENTKIT_MNIST_DIR;
const TRIED = ['--limit', '300', '--epochs', '1', '--page', 'page.md', '--out', 'runs', '--json'];

test('a recipe is run, put on the page with its pictures, and taken as it is the next time', async (context) => {
  if (!folder) context.skip('set LATENTKIT_MNIST_DIR to a folder with the four files of MNIST');
  const cwd = temporaryFolder();
  const args = ['reproduce', 'mlp-mse', '--data-dir', folder!, ...TRIED];
  const first = await runHere([...args, '--seeds', '1'], { cwd });
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
  const types = jsonRows(first.stdout).map(({ type }) => type);
  expect(types).toEqual(['run', 'start', 'epoch', 'end', 'written', 'page']);
  const page = readFileSync(join(cwd, 'page.md'), 'utf8');
  expect(page).toContain('**These are runs of 300 images');
  expect(page).toContain('| training loss after epoch 1 | 45.11 |');
  expect(page).toContain('mlp-mse-samples.png');
  expect(page).not.toContain('loss-curves'); // of one epoch
  for (const [, path] of page.matchAll(/<img src="([^"]+)"/g))
    expect(existsSync(join(cwd, path!))).toBe(true);
  const end = join(cwd, 'runs', 'mlp-mse', 'seed-1', 'end.json');
  const elsewhere = { ...JSON.parse(readFileSync(end, 'utf8')), finishedAt: '2020-02-03T04:05:06.000Z' };
  writeFileSync(end, JSON.stringify({ ...elsewhere, environment: { on: 'another machine' } }));
  const second = await runHere([...args, '--seeds', '1'], { cwd });
  expect(jsonRows(second.stdout).map(({ type, state }) => state ?? type)).toEqual(['found', 'page']);
  const moved = page.replace(/^Measured on .*$/m, 'Measured on 2020-02-03: on another machine.');
  expect(readFileSync(join(cwd, 'page.md'), 'utf8')).toBe(moved);
  const other = await runHere([...args, '--seeds', '1', '--epochs', '2'], { cwd });
  expect(other.code).toBe(2);
  expect(other.stderr).toContain('holds a run of other settings: training.epochs is 1, not 2');
});

test('a trial leaves the page of what was reproduced alone', async (context) => {
  if (!folder) context.skip('set LATENTKIT_MNIST_DIR to a folder with the four files of MNIST');
  const cwd = temporaryFolder();
  const args = [
    'reproduce',
    'mlp-mse',
    '--data-dir',
    folder!,
    '--limit',
    '200',
    '--epochs',
    '1',
    '--seeds',
    '1',
    '--json',
  ];
  expect(await runHere(args, { cwd })).toMatchObject({ code: 0, stderr: '' });
  expect(readdirSync(cwd)).toEqual(['runs']);
  expect(readdirSync(join(cwd, 'runs')).sort()).toEqual(['images', 'tried', 'tried.json', 'tried.md']);
});

test('a recipe that there is not, and a page that is no page, are told before any work', async () => {
  const cwd = temporaryFolder();
  const unknown = await runHere(['reproduce', 'mlp-msee'], { cwd });
  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toContain("Did you mean 'mlp-mse'?");
  const page = await runHere(['reproduce', '--page', 'docs'], { cwd });
  expect(page.code).toBe(2);
  expect(page.stderr).toContain('It must end in .md');
});

test('a page of no run is none', async () => {
  const cwd = temporaryFolder();
  expect(await runHere(['reproduce', 'mlp-mse', '--page-only'], { cwd })).toEqual({
    ...{ code: 1, stdout: '' },
    stderr: `error: ${join('runs', 'reproduce')} holds none of these runs: no page was written. Make them first: the same without pageOnly (--page-only)\n`,
  });
  expect(readdirSync(cwd)).toEqual([]);
});

test("somebody's own file, a folder and damaged rows in the place of the page are told before any work, and stay", async () => {
  const cwd = temporaryFolder();
  const tried = () => runHere(['reproduce', 'mlp-mse', '--page', 'notes.md', '--page-only'], { cwd });
  const inTheWay = (error: string) => ({
    code: 2,
    stdout: '',
    stderr: `error: ${error}. Name another page with --page, or move that one away\n`,
  });
  writeFileSync(join(cwd, 'notes.md'), '# Reproduction\nMine.\n');
  expect(await tried()).toEqual(inTheWay('notes.md is of somebody else: there is no notes.json beside it'));
  expect(readFileSync(join(cwd, 'notes.md'), 'utf8')).toBe('# Reproduction\nMine.\n');
  writeFileSync(join(cwd, 'notes.json'), '{');
  expect((await tried()).stderr).toMatch(
    /^error: notes.json is not JSON: .* Move it away, and the page beside it: .*\n$/,
  );
  expect(readFileSync(join(cwd, 'notes.json'), 'utf8')).toBe('{');
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'notes.md'));
  const answer = await runHere(['reproduce', 'mlp-mse', '--page', 'notes.md', '--page-only'], {
    cwd: folder,
  });
  expect(answer).toEqual(inTheWay('notes.md is no file'));
});

test('what a source measured on test images is measured of the run, once', async (context) => {
  if (!folder) context.skip('set LATENTKIT_MNIST_DIR to a folder with the four files of MNIST');
  const cwd = temporaryFolder();
  const args = ['reproduce', 'mlp-binarised-2', '--data-dir', folder!, ...TRIED, '--seeds', '1'];
  const first = await runHere(args, { cwd });
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
  expect(jsonRows(first.stdout).map(({ type }) => type)).toEqual([
    ...['run', 'start', 'epoch', 'end', 'written', 'measuring', 'page'],
  ]);
  const run = join(cwd, 'runs', 'mlp-binarised-2', 'seed-1');
  const { metrics } = JSON.parse(readFileSync(join(run, 'evaluation.json'), 'utf8'));
  const { value } = metrics.find(({ name }: { name: string }) => name === 'nll');
  const page = readFileSync(join(cwd, 'page.md'), 'utf8');
  expect(page).toContain(`| -log p of the test images | 135.73 | ${value.toFixed(2)} | |`);
  expect(page).toContain('**These are runs of 250 images');
  const second = await runHere(args, { cwd });
  expect(jsonRows(second.stdout).map(({ type, state }) => state ?? type)).toEqual(['found', 'page']);
  expect(readFileSync(join(cwd, 'page.md'), 'utf8')).toBe(page);
});
