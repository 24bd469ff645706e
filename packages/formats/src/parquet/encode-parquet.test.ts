import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import { encodeParquet } from './encode-parquet.ts';

it('is read back by another library, number by number and type by type', async () => {
  const columns = [
    { name: 'x', data: Float32Array.of(0.1, -1e30, 3) },
    { name: 'y', data: Float64Array.of(0.1, 1e-300, Number.NaN) },
    { name: 'label', data: Int32Array.of(-1, 0, 2_147_483_647) },
    { name: 'kind', data: ['cat', '', 'høg'] },
  ];
  const { buffer: file } = encodeParquet(columns);
  expect(await parquetReadObjects({ file })).toEqual(
    [0, 1, 2].map((i) => Object.fromEntries(columns.map(({ name, data }) => [name, data[i]]))),
  );
  const { schema } = parquetMetadata(file);
  expect(schema.slice(1).map(({ type, repetition_type }) => [type, repetition_type])).toEqual(
    ['FLOAT', 'DOUBLE', 'INT32', 'BYTE_ARRAY'].map((type) => [type, 'REQUIRED']),
  );
});

it('holds many rows, and none', async () => {
  const data = Float32Array.from({ length: 100_000 }, (_, i) => Math.sin(i));
  const rows = await parquetReadObjects({ file: encodeParquet([{ name: 'x', data }]).buffer });
  expect(Float32Array.from(rows, (row) => row.x)).toEqual(data);
  const none = encodeParquet([{ name: 'x', data: new Float32Array(0) }]);
  expect(await parquetReadObjects({ file: none.buffer })).toEqual([]);
});

it.each([
  ['no columns', [], 'E_SHAPE'],
  [
    'columns of different lengths',
    [
      { name: 'a', data: new Float32Array(2) },
      { name: 'b', data: new Float32Array(3) },
    ],
    'E_SHAPE',
  ],
  [
    'a name given twice',
    [
      { name: 'a', data: new Float32Array(2) },
      { name: 'a', data: new Float32Array(2) },
    ],
    'E_USAGE',
  ],
  ['bytes', [{ name: 'a', data: new Uint8Array(2) as unknown as Float32Array }], 'E_USAGE'],
  ['nothing', [undefined as unknown as { name: string; data: Float32Array }], 'E_USAGE'],
])('%s are refused', (_, columns, code) => {
  expect(() => encodeParquet(columns)).toThrow(expect.objectContaining({ code }));
});
