import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkFree, inFolder, makeDatedFolder, makeOutFolder } from './out-folder.ts';
import { temporaryFolder } from './testing/run-cli.ts';

const home = process.cwd();
afterEach(() => process.chdir(home));

test('runs that begin in the same second get folders of their own', async () => {
  process.chdir(temporaryFolder());
  const date = new Date(2026, 0, 2, 3, 4, 5);
  const folders = await Promise.all([1, 2, 3].map(() => makeDatedFolder('mlp-mse', date)));
  expect(folders.map(({ path }) => path).sort()).toEqual(
    ['', '-2', '-3'].map((end) => join('runs', `20260102-030405-mlp-mse${end}`)),
  );
});

test('an unused new folder goes with those made above it; one that was there or is in use stays', async () => {
  const parent = temporaryFolder();
  const [unused, used, mine] = ['a/b/unused', 'used', 'mine'].map((name) => join(parent, name));
  mkdirSync(mine!);
  const failing = inFolder(makeOutFolder(unused!), () => Promise.reject(new Error('enough')));
  await expect(failing).rejects.toThrow('enough');
  await inFolder(makeOutFolder(used!), async (path) => writeFileSync(join(path, 'config.json'), '{}'));
  await inFolder(makeOutFolder(mine!), async () => {});
  expect([join(parent, 'a'), used!, mine!].map((path) => existsSync(path))).toEqual([false, true, true]);
});

test('a link that leads in a circle or nowhere is an error', async () => {
  const parent = temporaryFolder();
  symlinkSync('circle', join(parent, 'circle'));
  symlinkSync('nowhere', join(parent, 'loose'));
  await expect(makeOutFolder(join(parent, 'circle'))).rejects.toThrow('a link that leads in a circle');
  await expect(makeOutFolder(join(parent, 'loose'))).rejects.toThrow('a link leads nowhere');
});

test('a folder that can be neither found nor made is an error', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(makeOutFolder(file)).rejects.toThrow('it is a file');
  await expect(makeOutFolder(join(file, 'below'))).rejects.toThrow('a part of the path is a file');
});

test('a folder that somebody named keeps its files, unless he says otherwise', async () => {
  const folder = temporaryFolder();
  await checkFree(join(folder, 'none'), ['labels.npy'], {});
  writeFileSync(join(folder, 'labels.npy'), 'mine');
  await checkFree(folder, ['means.npy'], {});
  await checkFree(folder, ['means.npy', 'labels.npy'], { force: true });
  await expect(checkFree(folder, ['means.npy', 'labels.npy'], {})).rejects.toMatchObject({
    code: 'E_EXISTS',
    message: `${folder} holds labels.npy already. Choose another folder with --out, or overwrite what is there with --force`,
  });
});

test.runIf(process.platform === 'linux')('not even /proc makes it wait for ever', async () => {
  await expect(makeOutFolder('/proc/latentkit/run')).rejects.toMatchObject({ code: 'E_IO' });
});
