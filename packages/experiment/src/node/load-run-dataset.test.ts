import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromArrays } from '@latentkit/datasets';
import { encodeNpy } from '@latentkit/formats';
import { beforeAll, expect, it } from 'vitest';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyConfig } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { fingerprintOf } from './data-fingerprint.ts';
import { loadDataset } from './load-dataset.ts';
import { loadRunDataset } from './load-run-dataset.ts';

const root = tempDirectory();
const [drawn, own] = [join(root, 'drawn'), join(root, 'own')];
const file = join(root, 'images.npy');
const shape = { height: 5, width: 4, channels: 1 };
const images = Uint8Array.from({ length: 40 * 20 }, (_, i) => (i * 37) % 251);
const code = (expected: string) => expect.objectContaining({ code: expected });

beforeAll(async () => {
  const dataset = await loadDataset({ name: 'digits', limit: 200 });
  await trainRun({ out: drawn, config: tinyConfig(), dataset });
  const config = { ...tinyConfig({}, { batchSize: 10 }), dataset: { name: 'arrays' as const } };
  await trainRun({ out: own, config, dataset: fromArrays(images, shape) });
  writeFileSync(file, encodeNpy({ shape: [40, 5, 4], data: images }));
});

it('loads what a run was made with, cut as it was', async () => {
  const dataset = await loadRunDataset(drawn);
  expect(fingerprintOf(dataset)).toEqual(fingerprintOf(await loadDataset({ name: 'digits', limit: 200 })));
});

it('reads the images of a program from the file they are in, split as they were', async () => {
  const dataset = await loadRunDataset(own, { data: file });
  expect(fingerprintOf(dataset).validation).toEqual(fingerprintOf(fromArrays(images, shape)).validation);
});

it('says what is missing, and what is another', async () => {
  await expect(loadRunDataset(own)).rejects.toThrow(
    'made with images of your own. Give their file with --data',
  );
  await expect(loadRunDataset(drawn, { data: file })).rejects.toEqual(code('E_USAGE'));
  const other = join(root, 'other.npy');
  writeFileSync(other, encodeNpy({ shape: [40, 5, 4], data: images.map((value) => 255 - value) }));
  await expect(loadRunDataset(own, { data: other })).rejects.toEqual(code('E_USAGE'));
  await expect(loadRunDataset(join(root, 'nowhere'))).rejects.toEqual(code('E_NOT_FOUND'));
});
