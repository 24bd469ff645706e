import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readZip } from '@latentkit/formats';
import { beforeAll, expect, test } from 'vitest';
import { runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ first: {} });
const PAGE = ['--page', 'page'];
/** A run whose images are somebody's own, and nowhere. */
const OWN = 'own';
const uiHere = (...args: string[]) => runHere(['ui', ...args, ...PAGE], { cwd });

beforeAll(() => {
  mkdirSync(join(cwd, 'page', 'assets'), { recursive: true });
  writeFileSync(join(cwd, 'page', 'index.html'), '<script src="./assets/a.js"></script>');
  writeFileSync(join(cwd, 'page', 'assets', 'a.js'), '1');
  mkdirSync(join(cwd, 'page', 'embed'));
  for (const name of ['latentkit-map.js', 'licenses.txt'])
    writeFileSync(join(cwd, 'page', 'embed', name), name);
  cpSync(join(cwd, 'first'), join(cwd, OWN), { recursive: true });
  const config = JSON.parse(readFileSync(join(cwd, OWN, 'config.json'), 'utf8'));
  writeFileSync(join(cwd, OWN, 'config.json'), JSON.stringify({ ...config, dataset: { name: 'arrays' } }));
  rmSync(join(cwd, OWN, 'end.json'));
});

test('writes page and run for a static host; a run that is written over leaves nothing behind', async () => {
  const written = await uiHere('first', '--out', 'site', '--json');
  expect(written).toMatchObject({ code: 0 });
  const { files, link } = JSON.parse(written.stdout);
  expect(files).toEqual(expect.arrayContaining(['index.html', 'assets/a.js', 'run/model.safetensors']));
  expect(link).toBe('index.html#/map?open=run&v=1');
  const shown = () => readdirSync(join(cwd, 'site', 'run')).sort();
  expect(shown()).toEqual(expect.arrayContaining(['end.json', 'images.safetensors']));

  writeFileSync(join(cwd, 'site', 'run', 'notes.txt'), 'mine');
  const over = await uiHere(OWN, '--out', 'site', '--force');
  expect(over).toMatchObject({ code: 0, stderr: expect.stringContaining('shown without images') });
  const left = ['config.json', 'data.json', 'metrics.jsonl', 'model.json', 'model.safetensors', 'notes.txt'];
  expect(shown()).toEqual(left);
});

test('writes the map alone, with the run as a ZIP, for a page of somebody', async () => {
  const written = await uiHere('first', '--embed', '--out', 'map', '--json');
  expect(written).toMatchObject({ code: 0 });
  const files = ['latentkit-map.js', 'licenses.txt', 'run.zip', 'index.html'];
  expect(JSON.parse(written.stdout)).toEqual({ folder: 'map', files, link: 'index.html' });
  const page = readFileSync(join(cwd, 'map', 'index.html'), 'utf8');
  for (const name of ['./latentkit-map.js', 'run.zip']) expect(page).toContain(`src="${name}"`);
  const names = readZip(readFileSync(join(cwd, 'map', 'run.zip'))).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['run/model.safetensors', 'run/images.safetensors']));

  rmSync(join(cwd, 'page', 'embed'), { recursive: true });
  const { code, stderr } = await uiHere('first', '--embed', '--out', 'lost');
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('is not built') });
  expect(existsSync(join(cwd, 'lost'))).toBe(false);
});

test('a folder that holds anything of a name that would be written is left as it is', async () => {
  mkdirSync(join(cwd, 'mine', 'assets'), { recursive: true });
  const { code, stderr } = await uiHere('first', '--out', 'mine');
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('mine holds assets already'),
  });
  expect(readdirSync(join(cwd, 'mine'))).toEqual(['assets']);
});

test.each([
  [['first', '--out', 'first', '--force'], 'first is the run'],
  [['site/run', '--out', 'site', '--force'], 'site is the run'],
  [['first', '--out', 'x', '--port', '0'], 'ui: --port goes with serving'],
  [['--out', 'x', '--embed'], 'ui: --embed goes with a run. Name its folder: ui RUN'],
  [['--out', 'x', '--limit', '5'], 'ui: --limit goes with a run. Name its folder: ui RUN'],
])('%j is refused in a line', async (args, message) => {
  mkdirSync(join(cwd, 'site'), { recursive: true });
  if (args[0] === 'site/run') cpSync(join(cwd, 'first'), join(cwd, 'site', 'run'), { recursive: true });
  const { code, stdout, stderr } = await uiHere(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`error: ${message}`);
  expect(existsSync(join(cwd, 'x')) || existsSync(join(cwd, 'first', 'index.html'))).toBe(false);
});
