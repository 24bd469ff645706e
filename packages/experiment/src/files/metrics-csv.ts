import { type MetricsRow, validationColumn } from '@latentkit/trainers';

/** A column's name as other programs spell it: `val_loss`, `learning_rate`. */
export function snakeCase(column: string): string {
  return column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Columns of a run's table: all that any row has, a validation's behind its own. */
export function metricsColumns(history: readonly MetricsRow[]): string[] {
  const names = [...new Set(history.flatMap((row) => Object.keys(row)))];
  const twins = new Set(names.map(validationColumn));
  const own = names.filter((name) => !twins.has(name));
  return own.flatMap((name) => [name, validationColumn(name)].filter((column) => names.includes(column)));
}

/**
 * Rows of metrics as CSV, as Keras' CSVLogger writes them: epochs count from 0. A row without a column's value has an empty cell.
 *
 * @param from rows before it are left out, and the names of the columns with them.
 * @see https://keras.io/api/callbacks/csv_logger
 */
export function metricsCsv(
  history: readonly MetricsRow[],
  { columns = metricsColumns(history), from = 0 }: { columns?: readonly string[]; from?: number } = {},
): string {
  if (history.length === 0) return '';
  const lines = history
    .slice(from)
    .map(({ epoch, ...row }) => columns.map((name) => (name === 'epoch' ? epoch - 1 : (row[name] ?? ''))));
  return [...(from === 0 ? [columns.map(snakeCase)] : []), ...lines]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
}
