import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { expect, it } from 'vitest';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { loadDataset } from './load-dataset.ts';
import { loadRunDataset } from './load-run-dataset.ts';

const root = tempDirectory();
const file = (name: string, images: Uint8Array, count: number) => {
  const path = join(root, name);
  writeFileSync(path, encodeNpy({ shape: [count, 28, 28], data: images }));
  return path;
};
const { train, validation } = tinyDataset();
const data = file('images.npy', train.images as Uint8Array, 200);
const validationData = file('others.npy', validation.images as Uint8Array, 40);

it("is a run's dataset, cut as it was", async () => {
  const out = join(root, 'digits');
  await trainRun({ out });
  expect(await loadRunDataset(out)).toEqual(tinyDataset());
});

it.each([
  ['a file, a tenth of which judged', {}],
  ['a limit and a count to judge by', { limit: 100, validation: 30 }],
  ['all of it learned from', { trainOnAll: true }],
])('is that of files of your own, named again: %s', async (name, cut) => {
  const out = join(root, name.replaceAll(' ', '-'));
  const config = { ...tinyConfig(), dataset: { name: 'arrays', ...cut } as const };
  const dataset = await loadDataset(config.dataset, { data });
  await trainRun({ out, config, dataset });
  expect(await loadRunDataset(out, { data })).toEqual(dataset);
  await expect(loadRunDataset(out, { data: validationData })).rejects.toMatchObject({ code: 'E_USAGE' });
  await expect(loadRunDataset(out)).rejects.toThrow('Give their file or folder with --data PATH');
});

it('is the dataset whose images a program had handed over', async () => {
  const out = join(root, 'program');
  const config = { ...tinyConfig(), dataset: { name: 'arrays', limit: 200 } as const };
  await trainRun({ out, config });
  expect(await loadRunDataset(out, { dataset: 'digits' })).toEqual(tinyDataset());
  expect(await loadRunDataset(out, { data, validationData })).toMatchObject({ train: { count: 200 } });
});

it('says where the data of a run from another machine lay', async () => {
  const out = join(root, 'from-elsewhere');
  const config = { ...tinyConfig(), dataset: { name: 'mnist', dataDir: '/nowhere/mnist' } as const };
  await trainRun({ out, config });
  await expect(loadRunDataset(out)).rejects.toThrow(
    'the files of mnist are not where the run found them (/nowhere/mnist). Say where they are here',
  );
});

it('refuses another dataset, and a file beside one', async () => {
  const out = join(root, 'other');
  await trainRun({ out });
  await expect(loadRunDataset(out, { dataset: 'mnist' })).rejects.toThrow(
    'the run was made with digits, not with mnist',
  );
  await expect(loadRunDataset(out, { data })).rejects.toThrow("'digits' and the file");
});
