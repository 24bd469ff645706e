import { LatentkitError } from '@latentkit/core';
import { checkOptions, checkValue, having, type OptionRules, textRule } from '@latentkit/core/options';
import { readParquet } from './read-parquet.ts';
import type { ImageTable } from './read-table.ts';
import { recognizeFile } from './recognize-file.ts';
import { IMPORT_LIMITS } from './unpack-files.ts';

/** Which column says what each row is. */
export interface ParquetNumbersOptions {
  /** Its name; by default one that is called as classes are. */
  labelColumn?: string;
}

const RULES: OptionRules<ParquetNumbersOptions> = { labelColumn: textRule };
const fileRule = having('a file, { name, bytes }', { name: 'string', bytes: 'object' });

/**
 * The numbers of a Parquet table as rows of float64, `[rows, columns]`: a column of numbers each, or lists of one length, which are as many
 * columns (embeddings are kept so). A column that is called as classes are, or that Hugging Face's datasets say is one, gives the classes;
 * others that are no number in every row are left out, and named in `notes`.
 *
 * @throws `E_USAGE` for what is no file; `E_FORMAT` for another kind of file, a damaged one, one of pictures, or one without numbers; `E_UNKNOWN_NAME` for a column that is not there; `E_LIMIT`.
 * @example
 * const { pixels, labels } = await readParquetNumbers({ name: 'vectors.parquet', bytes });
 * pixels.shape; // [rows, columns]
 */
export async function readParquetNumbers(
  file: { readonly name: string; readonly bytes: Uint8Array },
  options: ParquetNumbersOptions = {},
): Promise<ImageTable> {
  checkOptions('readParquetNumbers', options, RULES);
  checkValue('readParquetNumbers', 'file', file, fileRule);
  const { name, bytes } = file;
  if (!(bytes instanceof Uint8Array)) {
    throw new LatentkitError('E_USAGE', `readParquetNumbers: the bytes of ${name} must be a Uint8Array`);
  }
  const kind = recognizeFile(bytes);
  if (kind.type !== 'parquet') {
    throw new LatentkitError('E_FORMAT', `${name}: expected a Parquet table, got ${kind.what}`);
  }
  const table = await readParquet(
    { name, bytes, kind },
    { limits: IMPORT_LIMITS, labelColumn: options.labelColumn },
  ).catch((error: unknown) => {
    if (!(error instanceof LatentkitError)) throw error;
    const { code, message, fix } = error;
    const told = fix === undefined ? message : message.slice(0, -fix.length).replace(/[.\s]+$/, '');
    throw new LatentkitError(code, `${name}: ${told}`, { cause: error, ...(fix !== undefined && { fix }) });
  });
  if ('pixels' in table) return table;
  throw new LatentkitError('E_FORMAT', `${name}: its rows are pictures, expected columns of numbers`, {
    fix: 'Train with them, and take the codes',
  });
}
