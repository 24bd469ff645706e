import { LatentkitError } from '@latentkit/core';
import { checkValue, listRule } from '@latentkit/core/options';
import { parquetWriteBuffer } from 'hyparquet-writer';

/** A column: of numbers, float32, float64 or int32 as its array says, or of texts. */
export interface ParquetColumn {
  name: string;
  data: Float32Array | Float64Array | Int32Array | readonly string[];
}

const TYPES = [
  [Float32Array, 'FLOAT'],
  [Float64Array, 'DOUBLE'],
  [Int32Array, 'INT32'],
] as const;

/**
 * Writes columns as a Parquet file (snappy, by `hyparquet-writer`), which pandas, Polars, DuckDB and Arrow read.
 *
 * @param columns of the same length, each with a name of its own.
 * @throws `E_SHAPE` for no columns and for lengths that differ; `E_USAGE` for a name that is none or given twice, and for what is
 * none of the three kinds of arrays and no list of texts.
 * @example
 * const bytes = encodeParquet([{ name: 'x', data: Float32Array.of(1, 2) }, { name: 'label', data: Int32Array.of(0, 1) }]);
 * @see https://parquet.apache.org/docs/file-format/
 */
export function encodeParquet(columns: readonly ParquetColumn[]): Uint8Array<ArrayBuffer> {
  checkValue('encodeParquet', 'columns', columns, listRule);
  if (columns.length === 0) {
    throw new LatentkitError('E_SHAPE', 'encodeParquet: expected one column at least');
  }
  let rows: number | undefined;
  const names = new Set<string>();
  const columnData = Array.from(columns, (column) => {
    const { name, data } = Object(column) as ParquetColumn;
    const areTexts = Array.isArray(data) && data.every((text) => typeof text === 'string');
    const type = areTexts ? ('STRING' as const) : TYPES.find(([kind]) => data instanceof kind)?.[1];
    if (typeof name !== 'string' || name === '' || names.has(name) || type === undefined) {
      throw new LatentkitError(
        'E_USAGE',
        'encodeParquet: expected columns as { name, data }, each with a name of its own, of a Float32Array, Float64Array, Int32Array or list of texts',
      );
    }
    rows ??= data.length;
    if (data.length !== rows) {
      throw new LatentkitError(
        'E_SHAPE',
        `encodeParquet: expected ${rows} values in '${name}' as in the first column, got ${data.length}`,
      );
    }
    names.add(name);
    return { name, data: data as Float32Array | string[], type, nullable: false };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
