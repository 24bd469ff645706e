import { readFileSync } from 'node:fs';
import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { expect, it } from 'vitest';
import { encodeParquet } from './encode-parquet.ts';
import { parseParquet } from './parse-parquet.ts';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(`${import.meta.dirname}/../../fixtures/${name}`));
// By pandas and pyarrow: fixtures/make-parquet.py.
const expected: Record<string, unknown[]> = JSON.parse(new TextDecoder().decode(fixture('parquet.json')));

it.each(['none', 'snappy', 'gzip', 'lz4', 'zstd'])(
  'reads what pandas writes, packed by %s',
  async (codec) => {
    const { rows, columns, metadata } = await parseParquet(fixture(`table-${codec}.parquet`));
    expect(rows).toBe(12);
    expect(Object.fromEntries(columns.map(({ name, values }) => [name, values]))).toEqual(expected);
    expect(JSON.parse(metadata.pandas!).index_columns[0].stop).toBe(12);
  },
);

it('reads lists as lists, and refuses a whole number that would be rounded', async () => {
  const { columns } = await parseParquet(fixture('pixels.parquet'));
  expect(columns).toEqual([
    {
      name: 'pixels',
      values: [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
    },
  ]);
  await expect(parseParquet(fixture('lists.parquet'))).rejects.toMatchObject({
    code: 'E_RANGE',
    message: expect.stringContaining("9007199254740993 in 'far'"),
  });
});

it('reads what encodeParquet writes', async () => {
  const x = Float32Array.of(1.5, -2);
  const { columns } = await parseParquet(encodeParquet([{ name: 'x', data: x }]));
  expect(columns).toEqual([{ name: 'x', values: [1.5, -2] }]);
});

it('refuses Brotli, which is not unpacked in bounds', async () => {
  await expect(parseParquet(fixture('table-brotli.parquet'))).rejects.toThrow('it is packed by BROTLI');
});

it('refuses too much before it is unpacked, and what is cut off', async () => {
  const file = fixture('table-zstd.parquet');
  await expect(parseParquet(file, { maxElements: 71 })).rejects.toMatchObject({ code: 'E_LIMIT' });
  await expect(parseParquet(file, { maxBytes: 500 })).rejects.toMatchObject({ code: 'E_LIMIT' });
  for (const length of [0, 4, 11, 100, file.length - 1]) {
    await expect(parseParquet(file.subarray(0, length))).rejects.toMatchObject({ code: 'E_FORMAT' });
  }
});

it('refuses pages that claim more values than their column, before room is made for them', async () => {
  const file = fixture('table-lz4.parquet');
  // Twenty-eight bytes twice: a run of 23,589,043 values in a column of 12.
  const bomb = Uint8Array.from([...file.subarray(0, 335), ...file.subarray(307)]);
  await expect(parseParquet(bomb)).rejects.toMatchObject({
    code: 'E_FORMAT',
    message: expect.stringContaining('a run claims 23589043 of'),
  });
});

it('reads one value in a great many rows, which is a few bytes', async () => {
  const bytes = encodeParquet([{ name: 'x', data: new Int32Array(300_000).fill(7) }]);
  const { rows, columns } = await parseParquet(bytes);
  expect([rows, new Set(columns[0]!.values)]).toEqual([300_000, new Set([7])]);
});

it('throws nothing but LatentkitError on files with bytes changed', async () => {
  const random = createRandom({ seed: 6, stream: Stream.sample });
  const files = ['none', 'snappy', 'gzip', 'lz4', 'zstd'].map((codec) => fixture(`table-${codec}.parquet`));
  for (let round = 0; round < 400; round++) {
    const bytes = files[round % files.length]!.slice();
    for (let n = random.integer(4); n >= 0; n--) bytes[random.integer(bytes.length)] = random.integer(256);
    const thrown = await parseParquet(bytes).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (thrown !== undefined) expect(thrown).toBeInstanceOf(LatentkitError);
  }
});
