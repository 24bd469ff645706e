import type { EpochMetrics } from '@latentkit/trainers';
import { formatDuration, formatLoss, formatRate } from './format.ts';

interface Column {
  title: string;
  width: number;
  cell(metrics: EpochMetrics): string;
}

const GAP = '  ';

/** Epochs as the rows of a table for a terminal; columns that do not fit are left out, the least wanted first. */
export function createEpochTable({
  epochs,
  hasKl,
  width,
}: {
  epochs: number;
  hasKl: boolean;
  width: number;
}) {
  const digits = String(epochs).length;
  const loss = (title: string, of: (metrics: EpochMetrics) => number): Column => ({
    title,
    width: Math.max(title.length, 8),
    cell: (metrics) => formatLoss(of(metrics)),
  });
  const epoch = {
    title: 'epoch',
    width: Math.max(5, 2 * digits + 1),
    cell: (row: EpochMetrics) => `${row.epoch}/${epochs}`,
  };
  const reconstruction = loss('reconstruction', (row) => row.reconstruction);
  const kl = loss('kl', (row) => row.kl ?? Number.NaN);
  const rate = { title: 'lr', width: 8, cell: (row: EpochMetrics) => formatRate(row.learningRate) };
  const time = { title: 'time', width: 7, cell: (row: EpochMetrics) => formatDuration(row.seconds) };
  const losses = [loss('loss', (row) => row.loss), reconstruction, ...(hasKl ? [kl] : [])];
  let columns: Column[] = [epoch, ...losses, loss('val loss', (row) => row.valLoss), rate, time];
  for (const unwanted of [rate, reconstruction, kl, time]) {
    if (lengthOf(columns) > width) columns = columns.filter((column) => column !== unwanted);
  }
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => cell.padStart(columns[i]!.width))
      .join(GAP)
      .slice(0, width);
  return {
    header: line(columns.map(({ title }) => title)),
    row: (metrics: EpochMetrics) => line(columns.map(({ cell }) => cell(metrics))),
  };
}

function lengthOf(columns: Column[]): number {
  return columns.reduce((total, { width }) => total + width, (columns.length - 1) * GAP.length);
}
