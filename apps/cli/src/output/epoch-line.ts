import { formatDuration, formatLoss, formatRate } from '@latentkit/terminal';
import { type MetricsRow, termColumns } from '@latentkit/trainers';
import { extraColumns } from './extra-columns.ts';

const GAP = '   ';
const NARROW_GAP = '  ';

/**
 * One epoch in one line that explains itself, for a log: in columns that stay where they are.
 *
 * @param columns of the loss's terms; those that were validated by default.
 * @param width of the terminal, where the log is one: what does not fit is left out, the least wanted first.
 */
export function epochLine(
  metrics: MetricsRow,
  epochs: number,
  width = Number.POSITIVE_INFINITY,
  columns: readonly string[] = termColumns(metrics),
): string {
  const { epoch, loss, valLoss, learningRate, seconds } = metrics;
  const term = (name: string, value: number) => `${name} ${formatLoss(value).padStart(7)}`;
  const terms = columns.map((name) => term(name, metrics[name]!));
  const extras = extraColumns(metrics).map(({ title, of }) => term(title, of(metrics)));
  const rate = `lr ${formatRate(learningRate).padEnd(8)}`;
  const time = formatDuration(seconds).padStart(6);
  const gap = Number.isFinite(width) ? NARROW_GAP : GAP;
  let parts = [
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`,
    term('loss', loss),
    ...terms,
    term('val loss', valLoss),
    ...extras,
    rate,
    time,
  ];
  for (const unwanted of [rate, time, ...extras, ...terms]) {
    if (parts.join(gap).length > width) parts = parts.filter((part) => part !== unwanted);
  }
  return parts.join(gap);
}
