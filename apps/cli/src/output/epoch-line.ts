import type { EpochMetrics } from '@latentkit/trainers';
import { formatDuration, formatLoss, formatRate } from './format.ts';

/** One epoch in one line that explains itself, for a log: in columns that stay where they are. */
export function epochLine(metrics: EpochMetrics, epochs: number): string {
  const { epoch, loss, reconstruction, kl, valLoss, learningRate, seconds } = metrics;
  const term = (name: string, value: number) => `${name} ${formatLoss(value).padStart(7)}`;
  return [
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`,
    term('loss', loss),
    term('reconstruction', reconstruction),
    ...(kl === undefined ? [] : [term('kl', kl)]),
    term('val loss', valLoss),
    `lr ${formatRate(learningRate).padEnd(8)}`,
    formatDuration(seconds).padStart(6),
  ].join('   ');
}
