import type { MetricsRow } from '@latentkit/trainers';
import { rateCuts } from '../rate-cuts.ts';
import { duration, whole } from './words.ts';

/** How a training went and how long it took, as rows of names and values. */
export function trainingRows(
  history: readonly MetricsRow[],
  {
    keptEpoch,
    epochs,
    trainImages,
    things,
  }: { keptEpoch: number; epochs: number; trainImages: number; things: string },
): [name: string, value: string][] {
  const seconds = history.map((row) => row.seconds);
  const total = seconds.reduce((sum, one) => sum + one, 0);
  const each = [...seconds].sort((a, b) => a - b)[history.length >> 1] ?? 0;
  const cuts = rateCuts(history);
  const rates = [
    ...new Set([history[0], history.at(-1)].map((row) => String(Number(row?.learningRate.toPrecision(4))))),
  ];
  return [
    ['epochs', history.length === epochs ? whole(epochs) : `${whole(history.length)} of ${whole(epochs)}`],
    ['epoch kept', whole(keptEpoch)],
    ['learning rate', rates.join(' to ')],
    ...(cuts.length > 0 ? [['learning rate cut after epoch', cuts.join(', ')] as [string, string]] : []),
    ['time of an epoch, median', duration(each)],
    [`training ${things} a second`, each > 0 ? whole(Math.round(trainImages / each)) : '-'],
    ['time of all epochs', duration(total)],
  ];
}
