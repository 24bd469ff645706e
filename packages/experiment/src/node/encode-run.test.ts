import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { parquetReadObjects } from 'hyparquet';
import { beforeAll, expect, it } from 'vitest';
import { formatCodes } from '../files/format-codes.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { TINY_AUTOENCODER, tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { encodeRun } from './encode-run.ts';
import { loadRun } from './load-run.ts';
import { readCodes } from './read-codes.ts';

const root = tempDirectory();
const directory = join(root, 'run');
beforeAll(() => trainRun({ out: directory }));

it("gives the codes of the run's own encoder, with the classes, for any number of threads", async () => {
  const { images, labels } = tinyDataset().validation;
  const run = await loadRun(directory);
  const { mean, logVar } = run.encode(images);
  const codes = await encodeRun(directory, { part: 'validation', workers: 2 });
  expect(codes).toMatchObject({ mean, logVar, latentDim: 2, of: 'validation images of digits' });
  expect([...codes.labels!]).toEqual([...labels!]);
  const heard: number[] = [];
  const first = await encodeRun(directory, {
    ...{ part: 'validation', limit: 7, workers: 1, onProgress: (fraction: number) => heard.push(fraction) },
  });
  expect(first.mean).toEqual(mean.subarray(0, 14));
  expect(heard).toEqual([1]);
  const shard = { index: 1, count: 3 };
  const part = await encodeRun(directory, { part: 'validation', shard, reconstructions: true, workers: 1 });
  expect(part.reconstructions!.images).toEqual(run.decode(part.mean));
  await expect(formatCodes(part, 'csv')).rejects.toMatchObject({ code: 'E_USAGE' });
  await expect(encodeRun(directory, { part: 'validation', limit: 2, shard, workers: 1 })).rejects.toThrow(
    'at most 2 shards of 2 images, got 3',
  );
  run.dispose();
});

it('tells a conditional model the classes, or the one that is asked for', async () => {
  const told = join(root, 'told');
  await trainRun({ config: tinyConfig({ condition: { classes: 10 } }), out: told });
  const { images, labels } = tinyDataset().validation;
  const run = await loadRun(told);
  const of = { part: 'validation' } as const;
  expect((await encodeRun(told, of)).mean).toEqual(run.encode(images, { label: labels! }).mean);
  expect((await encodeRun(told, { ...of, label: 3 })).mean).toEqual(run.encode(images, { label: 3 }).mean);
  expect((await encodeRun(told, { ...of, label: '3' })).mean).toEqual(run.encode(images, { label: 3 }).mean);
  await expect(encodeRun(told, { ...of, label: 'three' })).rejects.toThrow(
    "label: the validation images of digits have no class 'three'. Classes: 0, 1,",
  );
  run.dispose();
});

it('of a plain autoencoder has no variances', async () => {
  const plain = join(root, 'plain');
  await trainRun({ config: tinyConfig(TINY_AUTOENCODER), out: plain });
  const codes = await encodeRun(plain, { part: 'validation' });
  expect(codes.logVar).toBeUndefined();
  expect((await formatCodes(codes, 'npy')).map(({ name }) => name)).toEqual(['means.npy', 'labels.npy']);
});

it('writes every number so that it reads back the same, in each format', async () => {
  const codes = {
    mean: Float32Array.of(0.1, -3e-20, 1 / 3, 16_777_216, 2e30, -0.0078125),
    logVar: Float32Array.of(1, 2, 3, 4, 5, 6),
    ...{ latentDim: 2, labels: Int32Array.of(7, -1, 0) },
  };
  for (const format of ['csv', 'npy'] as const) {
    const [file] = await formatCodes(codes, format);
    writeFileSync(join(root, file!.name), file!.content);
    expect(await readCodes(join(root, file!.name), { latentDim: 2 })).toEqual(codes.mean);
  }
  const [made] = await formatCodes(codes, 'parquet');
  const file = Uint8Array.from(made!.content as Uint8Array).buffer;
  const rows = await parquetReadObjects({ file });
  expect(rows[1]).toEqual({
    ...{ index: 1, label: -1, mean_1: codes.mean[2], mean_2: codes.mean[3], log_var_1: 3, log_var_2: 4 },
  });
});

it('refuses what are no codes', async () => {
  const codes = { mean: new Float32Array(5), latentDim: 2 };
  await expect(formatCodes(codes, 'csv')).rejects.toMatchObject({ code: 'E_SHAPE' });
  writeFileSync(join(root, 'wide.csv'), '1,2,3\n4,5,6\n');
  await expect(readCodes(join(root, 'wide.csv'), { latentDim: 2 })).rejects.toThrow(
    'expected codes of 2 numbers, as the model has them, got 3 in a row',
  );
  const read = (name: string, shape: number[], values: number[]) => {
    writeFileSync(join(root, name), encodeNpy({ shape, data: Float64Array.from(values) }));
    return readCodes(join(root, name), { latentDim: 2 });
  };
  await expect(read('none.npy', [0, 2], [])).rejects.toThrow(
    'none.npy: expected codes, a row each, got none',
  );
  await expect(read('nan.npy', [2, 2], [0, 0, 0, Number.NaN])).rejects.toThrow(
    'nan.npy: row 2, column 2: expected a finite number of float32, got NaN',
  );
  await expect(read('far.npy', [1, 2], [1e300, 0])).rejects.toMatchObject({ code: 'E_NOT_FINITE' });
});
