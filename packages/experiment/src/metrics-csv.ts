import { type MetricsRow, validationColumn } from '@latentkit/trainers';

/** A column's name as other programs spell it: `val_loss`, `learning_rate`. */
export function snakeCase(column: string): string {
  return column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Rows of metrics as CSV, as Keras' CSVLogger writes them: epochs count from 0, a validation's column stands behind its own.
 *
 * @param history of a whole run: what columns there are is the first row's to say.
 * @param from rows before it are left out, and the names of the columns with them.
 * @see https://keras.io/api/callbacks/csv_logger
 */
export function metricsCsv(history: readonly MetricsRow[], from = 0): string {
  const [first] = history;
  if (!first) return '';
  const isTwin = (name: string) => Object.keys(first).some((other) => validationColumn(other) === name);
  const columns = Object.keys(first)
    .filter((name) => !isTwin(name))
    .flatMap((name) => [name, validationColumn(name)].filter((column) => column in first));
  const lines = history
    .slice(from)
    .map(({ epoch, ...row }) => columns.map((name) => (name === 'epoch' ? epoch - 1 : (row[name] ?? ''))));
  return [...(from === 0 ? [columns.map(snakeCase)] : []), ...lines]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
}
