import { type TableColumn, tableLayout } from '@latentkit/core/table';
import type { ColumnScore } from '@latentkit/figures';

/**
 * How well each column of rows is given back: of numbers `1 - sum (x - y)^2 / sum (x - mean)^2`, of words the share whose likeliest one is
 * right; the baselines are 0, and the share of the most frequent word. A column that has one value in these rows scores 1 where it is
 * right, and 0 else.
 *
 * @param rows as a model reads them, `[count, width]`.
 * @param means what it gives of them.
 */
export function scoreColumns(
  columns: readonly TableColumn[],
  rows: ArrayLike<number>,
  means: ArrayLike<number>,
): ColumnScore[] {
  const { width, starts } = tableLayout(columns);
  const count = rows.length / width;
  const at = (values: ArrayLike<number>, start: number) =>
    Array.from({ length: count }, (_, row) => values[row * width + start]!);
  return columns.map((column, i) => {
    const { name } = column;
    const start = starts[i]!;
    if (column.type === 'gaussian') {
      const [x, y] = [at(rows, start), at(means, start)];
      const mean = x.reduce((sum, value) => sum + value, 0) / count;
      const far = x.reduce((sum, value, row) => sum + (value - y[row]!) ** 2, 0);
      const spread = x.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const score = spread > 0 ? 1 - far / spread : Number(far === 0);
      return { name, score, baseline: 0, isNumber: true };
    }
    const chosen = (values: ArrayLike<number>) => {
      if (column.type === 'bernoulli') return at(values, start).map((value) => Number(value > 0.5));
      const shares = column.values.map((_, j) => at(values, start + j));
      return Array.from({ length: count }, (_, row) => {
        const own = shares.map((share) => share[row]!);
        return own.indexOf(Math.max(...own));
      });
    };
    const [x, y] = [chosen(rows), chosen(means)];
    const times = column.values.map((_, value) => x.filter((one) => one === value).length);
    const right = x.filter((value, row) => value === y[row]).length;
    return { name, score: right / count, baseline: Math.max(...times) / count, isNumber: false };
  });
}
