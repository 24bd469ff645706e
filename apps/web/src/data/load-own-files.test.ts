import { readFileSync } from 'node:fs';
import { encodeNpy } from '@latentkit/formats';
import { expect, it } from 'vitest';
import { sayError } from '../text/faults.ts';
import { loadOwnFiles } from './load-own-files.ts';

const npy = (value: number) => encodeNpy({ shape: [4, 2, 2], data: new Uint8Array(16).fill(value) });

it('reads the next files while one is imported, each once, and says why one could not be', async () => {
  const reads: string[] = [];
  const picked = (name: string, bytes: Uint8Array) => ({
    name,
    file: {
      size: bytes.length,
      async arrayBuffer() {
        reads.push(name);
        return bytes.slice().buffer;
      },
    } as unknown as File,
  });
  const text = new TextEncoder().encode('dear diary');
  const files = [
    picked('x_train.npy', npy(9)),
    ...Array.from({ length: 40 }, (_, i) => picked(`${i}.txt`, text)),
    { name: 'gone.png', whyNot: 'it was moved' },
    picked('x_test.npy', npy(5)),
  ];
  const reports: unknown[] = [];
  const dataset = await loadOwnFiles(
    files,
    { name: 'arrays' },
    { onReport: (report) => reports.push(report) },
  );
  expect([dataset.train.count, dataset.test!.images[0]]).toEqual([4, 5]);
  expect(reads).toHaveLength(42);
  expect(new Set(reads).size).toBe(42);
  expect(reports[0]).toMatchObject({
    kept: 8,
    skipped: expect.arrayContaining([{ name: 'gone.png', why: 'it cannot be read: it was moved' }]),
  });
});

it.each([
  ['my-trees.csv', 'age,soil,height\n36,clay,1.8\n4,sand,2\n'],
  [
    'my-trees.parquet',
    readFileSync(`${import.meta.dirname}/../../../../packages/datasets/fixtures/trees.parquet`),
  ],
])('says of a table of columns (%s) what learns it, as its rows are no pictures', async (name, content) => {
  const table = new File([content], name);
  const error = await loadOwnFiles([{ name, file: table }], { name: 'arrays' }).catch(
    (thrown: unknown) => thrown,
  );
  expect(sayError(error)).toEqual({
    words: `${name}: its rows are those of a table, and the network that is set learns pictures. Choose the recipe 'table'.`,
  });
});
