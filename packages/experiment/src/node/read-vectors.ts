import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { LatentkitError, type NdArray, sizeOfShape } from '@latentkit/core';
import { type NumberArray, parseCsv, parseNpy } from '@latentkit/formats';
import type { Points } from '@latentkit/projections';

/**
 * Vectors of a file: an `.npy` array whose first axis counts them (the others are flattened), or a `.csv` table with a row
 * each and perhaps the columns' names.
 *
 * @param most uses the first so many.
 * @throws `E_NOT_FOUND` when there is no such file; `E_FORMAT` for another ending, or a damaged file; `E_SHAPE` for an
 * array without vectors.
 * @example
 * const points = await readVectors('embeddings.npy'); // { data: Float32Array, count, dimensions }
 */
export async function readVectors(path: string, most = Number.POSITIVE_INFINITY): Promise<Points> {
  const { shape, data } = await readTable(path);
  const [rows = 0, ...rest] = shape;
  const dimensions = sizeOfShape(rest);
  if (shape.length < 2 || rows < 1 || dimensions < 1) {
    throw new LatentkitError(
      'E_SHAPE',
      `${path}: expected vectors, an array of [count, dimensions], got the shape [${shape.join(', ')}]`,
    );
  }
  const count = Math.min(rows, most);
  return { data: Float32Array.from(data.subarray(0, count * dimensions)), count, dimensions };
}

/**
 * Labels of a file: an `.npy` array of one axis, or a `.csv` table of one column; whole numbers from 0.
 *
 * @throws as {@link readVectors}; `E_RANGE` for a label that is no class.
 * @example
 * const labels = await readLabels('labels.npy');
 */
export async function readLabels(path: string): Promise<Uint32Array> {
  const { shape, data } = await readTable(path);
  if (sizeOfShape(shape.slice(1)) !== 1) {
    throw new LatentkitError(
      'E_SHAPE',
      `${path}: expected one label a row, got the shape [${shape.join(', ')}]`,
    );
  }
  const bad = data.findIndex((label) => !Number.isSafeInteger(label) || label < 0 || label >= 2 ** 32);
  if (bad >= 0) {
    throw new LatentkitError(
      'E_RANGE',
      `${path}: label ${bad} is ${data[bad]}, expected a whole number from 0`,
    );
  }
  return Uint32Array.from(data);
}

/** The array of a file that ends in `.npy` or `.csv`. */
export async function readTable(path: string): Promise<NdArray<NumberArray>> {
  const ending = extname(path).toLowerCase();
  if (ending !== '.npy' && ending !== '.csv') {
    throw new LatentkitError('E_FORMAT', `${path}: expected a file that ends in .npy or .csv`);
  }
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new LatentkitError('E_NOT_FOUND', `cannot read ${path}: ${reason}`, { cause });
  });
  try {
    return ending === '.npy' ? parseNpy(bytes) : parseCsv(bytes.toString('utf8'));
  } catch (cause) {
    if (!(cause instanceof LatentkitError)) throw cause;
    throw new LatentkitError(cause.code, `${path}: ${cause.message}`, { cause });
  }
}
