import type { EpochMetrics } from '@latentkit/trainers';
import { formatDuration, formatLoss } from './format.ts';

/** One epoch in one line, in columns that stay where they are. */
export function epochLine(metrics: EpochMetrics, epochs: number): string {
  const { epoch, loss, reconstruction, kl, valLoss, learningRate, seconds } = metrics;
  const width = String(epochs).length;
  const term = (name: string, value: number) => `${name} ${formatLoss(value).padStart(7)}`;
  return [
    `epoch ${String(epoch).padStart(width)}/${epochs}`,
    term('loss', loss),
    term('reconstruction', reconstruction),
    ...(kl === undefined ? [] : [term('kl', kl)]),
    term('val loss', valLoss),
    `lr ${learningRate.toPrecision(3).replace(/\.?0+$/, '')}`,
    formatDuration(seconds),
  ].join('   ');
}
