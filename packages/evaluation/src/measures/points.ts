import { LatentkitError } from '@latentkit/core';
import { checkValue, listRule, whole } from '@latentkit/core/options';

/** Codes, or other vectors: `[count, dimensions]`. */
export interface Vectors {
  readonly data: Float32Array | Float64Array;
  readonly count: number;
  readonly dimensions: number;
}

/**
 * Throws unless they are whole vectors of finite numbers: `E_USAGE`, `E_RANGE`, `E_SHAPE`, `E_NOT_FINITE`.
 */
export function requireVectors(where: string, vectors: Vectors, name = 'codes', least = 2): void {
  const { data, count, dimensions } = Object(vectors) as Vectors;
  checkValue(where, `${name}.data`, data, listRule);
  checkValue(where, `${name}.count`, count, whole(least));
  checkValue(where, `${name}.dimensions`, dimensions, whole(1));
  if (data.length !== count * dimensions) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected ${count} ${name} of ${dimensions} numbers, got ${data.length} numbers`,
    );
  }
  const odd = data.findIndex((value) => !Number.isFinite(value));
  if (odd < 0) return;
  throw new LatentkitError(
    'E_NOT_FINITE',
    `${where}: number ${odd % dimensions} of ${name} ${Math.floor(odd / dimensions)} is ${data[odd]}`,
  );
}

/** One column, in float64. */
export function columnOf({ data, count, dimensions }: Vectors, column: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => data[i * dimensions + column]!);
}

/** Columns with mean 0 and variance 1 (of the whole, not of a sample); a constant one becomes 0. */
export function standardizedColumns(vectors: Vectors): Float64Array[] {
  return Array.from({ length: vectors.dimensions }, (_, j) => standardize(columnOf(vectors, j)));
}

export function standardize(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  return values.map((value) => (value - mean) * scale);
}
