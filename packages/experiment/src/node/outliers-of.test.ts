import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempDirectory } from '../testing/temp-directory.ts';
import { outliersOf } from './outliers-of.ts';

const FILE = 't10k-images-idx3-ubyte.gz';
const root = tempDirectory();
let made = 0;
const withFile = (...path: string[]) => {
  const folder = join(root, String(made++));
  mkdirSync(join(folder, ...path), { recursive: true });
  writeFileSync(join(folder, ...path, FILE), '');
  return folder;
};

it('are a file or folder, where no dataset is called so', async () => {
  expect(await outliersOf('odd.npy', { ordinary: 'mnist', dataDir: withFile() })).toEqual({
    data: 'odd.npy',
  });
});

it('are read from the folder of data, where ordinary images need none', async () => {
  const dataDir = withFile();
  expect(await outliersOf('mnist', { ordinary: 'digits', dataDir })).toEqual({ dataset: 'mnist', dataDir });
  expect(await outliersOf('mnist', { ordinary: 'digits' })).toEqual({ dataset: 'mnist' });
});

it('are read from a folder of their own name first, and never from files of the ordinary images', async () => {
  const dataDir = withFile('kmnist');
  expect(await outliersOf('kmnist', { ordinary: 'mnist', dataDir })).toEqual({
    dataset: 'kmnist',
    dataDir: join(dataDir, 'kmnist'),
  });
  expect(await outliersOf('kmnist', { ordinary: 'mnist', dataDir: withFile() })).toEqual({
    dataset: 'kmnist',
  });
});

it('are said to be in a folder that was given for them alone, though it has none: it is refused, not passed over', async () => {
  const dataDir = join(root, 'nowhere');
  expect(await outliersOf('mnist', { ordinary: 'digits', dataDir })).toEqual({ dataset: 'mnist', dataDir });
  expect(await outliersOf('kmnist', { ordinary: 'mnist', dataDir })).toEqual({ dataset: 'kmnist' });
});
