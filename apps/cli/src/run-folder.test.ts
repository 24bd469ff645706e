import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeDatedRunFolder, makeRunFolder, removeIfUnused } from './run-folder.ts';
import { temporaryFolder } from './testing/run-cli.ts';

const home = process.cwd();
afterEach(() => process.chdir(home));

test('runs that begin in the same second get folders of their own', async () => {
  process.chdir(temporaryFolder());
  const date = new Date(2026, 0, 2, 3, 4, 5);
  const folders = await Promise.all([1, 2, 3].map(() => makeDatedRunFolder('mlp-mse', date)));
  expect(folders.map(({ path }) => path).sort()).toEqual(
    ['', '-2', '-3'].map((end) => join('runs', `20260102-030405-mlp-mse${end}`)),
  );
});

test('an unused new folder goes; one that was there or is in use stays', async () => {
  const parent = temporaryFolder();
  const unused = await makeRunFolder(join(parent, 'a', 'b', 'unused'));
  const used = await makeRunFolder(join(parent, 'used'));
  writeFileSync(join(used.path, 'config.json'), '{}');
  mkdirSync(join(parent, 'mine'));
  const mine = await makeRunFolder(join(parent, 'mine'));
  for (const folder of [unused, used, mine]) await removeIfUnused(folder);
  expect([unused, used, mine].map(({ path }) => existsSync(path))).toEqual([false, true, true]);
});

test('a folder that can be neither found nor made is an error', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(makeRunFolder(file)).rejects.toThrow('it is a file');
  await expect(makeRunFolder(join(file, 'below'))).rejects.toThrow('a part of the path is a file');
});

test.runIf(process.platform === 'linux')('not even /proc makes it wait for ever', async () => {
  await expect(makeRunFolder('/proc/latentkit/run')).rejects.toMatchObject({ code: 'E_IO' });
});
