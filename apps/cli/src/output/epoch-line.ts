import { formatDuration, formatLoss, formatRate } from '@latentkit/terminal';
import { type MetricsRow, termColumns } from '@latentkit/trainers';

/** One epoch in one line that explains itself, for a log: in columns that stay where they are. */
export function epochLine(metrics: MetricsRow, epochs: number): string {
  const { epoch, loss, valLoss, learningRate, seconds } = metrics;
  const term = (name: string, value: number) => `${name} ${formatLoss(value).padStart(7)}`;
  return [
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`,
    term('loss', loss),
    ...termColumns(metrics).map((name) => term(name, metrics[name]!)),
    term('val loss', valLoss),
    `lr ${formatRate(learningRate).padEnd(8)}`,
    formatDuration(seconds).padStart(6),
  ].join('   ');
}
