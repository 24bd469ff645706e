import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { checkValue, having, seedRule } from '@latentkit/core/options';
import { checkBy } from '@latentkit/core/schema';
import { type TableColumn, tableColumnsSchema, tableLayout } from '@latentkit/core/table';

/** How cells are made of what a model says of them: the likeliest, or drawn. */
export interface DecodeTableOptions {
  /** Draws each cell from its column's distribution; row `i` depends on the seed and on `i` alone. Without it, the likeliest cells. */
  seed?: number;
  /** Of each column of numbers, the deviation around its mean, in standardised numbers; 0 by default. */
  sigma?: ArrayLike<number>;
}

const DIGITS = 6; // of a standardised number
const MOST_DECIMALS = 100; // that toFixed writes

/**
 * Rows of a table, of what a model of its columns gives: numbers with their standardisation undone, in as many decimals as their
 * column had, whole ones whole; words as they were written.
 *
 * @param means `[rows, width]`: means of standardised numbers, and probabilities.
 * @returns a row each, a cell a column.
 * @throws `E_SHAPE` for numbers that make no rows; `E_CONFIG` for what are no columns.
 * @example
 * const columns = [{ type: 'gaussian', name: 'age', mean: 40, deviation: 10 }, { type: 'bernoulli', name: 'ill', values: ['no', 'yes'] }];
 * decodeTable(columns, Float32Array.of(0.5, 0.9)); // [[45, 'yes']]
 */
export function decodeTable(
  columns: readonly TableColumn[],
  means: ArrayLike<number>,
  options: DecodeTableOptions = {},
): (number | string)[][] {
  checkBy(tableColumnsSchema, columns, 'decodeTable');
  checkValue('decodeTable', 'means', means, having('numbers', { length: 'number' }));
  const { seed, sigma } = options;
  if (seed !== undefined) checkValue('decodeTable', 'seed', seed, seedRule);
  const { width, starts } = tableLayout(columns);
  if (means.length % width !== 0) {
    throw new LatentkitError(
      'E_SHAPE',
      `decodeTable: expected rows of ${width} numbers, got ${means.length} numbers`,
    );
  }
  return Array.from({ length: means.length / width }, (_, row) => {
    const random = seed === undefined ? undefined : createRandom({ seed, stream: Stream.cells, step: row });
    let numbers = 0;
    return columns.map((column, i): number | string => {
      const at = row * width + starts[i]!;
      if (column.type === 'gaussian') {
        const noise = random ? random.normal() * (sigma?.[numbers] ?? 0) : 0;
        numbers++;
        return rounded(column.mean + column.deviation * (means[at]! + noise), column);
      }
      if (column.type === 'bernoulli')
        return column.values[Number(means[at]! > (random ? random.uniform() : 0.5))]!;
      return column.values[
        choose(
          Array.from(column.values, (_value, j) => means[at + j]!),
          random?.uniform(),
        )
      ]!;
    });
  });
}

/** With as many decimals as the column has, and no more than float32 tells apart in its spread. */
function rounded(
  value: number,
  { decimals = MOST_DECIMALS, deviation }: Pick<TableColumn & { type: 'gaussian' }, 'decimals' | 'deviation'>,
): number {
  const told = Math.min(decimals, DIGITS - Math.floor(Math.log10(deviation)));
  if (told > MOST_DECIMALS) return value;
  return Number(value.toFixed(Math.max(0, told))) + 0; // no -0
}

/** The place of the largest probability, or the one where a share of them all lies. */
function choose(probabilities: readonly number[], share: number | undefined): number {
  if (share === undefined) return probabilities.indexOf(Math.max(...probabilities));
  let left = share * probabilities.reduce((sum, one) => sum + one, 0);
  for (const [i, probability] of probabilities.entries()) {
    left -= probability;
    if (left < 0) return i;
  }
  return probabilities.length - 1;
}
