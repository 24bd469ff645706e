import { formatDuration, formatLoss, formatRate } from '@latentkit/terminal';
import type { MetricsRow } from '@latentkit/trainers';
import { extraColumns } from './extra-columns.ts';

interface Column {
  title: string;
  width: number;
  cell(metrics: MetricsRow): string;
}

const GAP = '  ';

/** Epochs as the rows of a table for a terminal; columns that do not fit are left out, the least wanted first. */
export function createEpochTable({
  epochs,
  terms,
  width,
  first,
}: {
  epochs: number;
  /** Columns of the loss's terms. */
  terms: readonly string[];
  width: number;
  /** An epoch: what it has beside its losses has a column. */
  first?: MetricsRow;
}) {
  const digits = String(epochs).length;
  const loss = (title: string, of: (metrics: MetricsRow) => number): Column => ({
    title,
    width: Math.max(title.length, 8),
    cell: (metrics) => formatLoss(of(metrics)),
  });
  const epoch = {
    title: 'epoch',
    width: Math.max(5, 2 * digits + 1),
    cell: (row: MetricsRow) => `${row.epoch}/${epochs}`,
  };
  const parts = terms.map((name) => loss(name, (row) => row[name] ?? Number.NaN));
  const extras = (first ? extraColumns(first) : []).map(({ title, of }) => loss(title, of));
  const rate = { title: 'lr', width: 8, cell: (row: MetricsRow) => formatRate(row.learningRate) };
  const time = { title: 'time', width: 7, cell: (row: MetricsRow) => formatDuration(row.seconds) };
  let columns: Column[] = [
    epoch,
    loss('loss', (row) => row.loss),
    ...parts,
    loss('val loss', (row) => row.valLoss),
    ...extras,
    rate,
    time,
  ];
  for (const unwanted of [rate, ...extras, ...parts, time]) {
    if (lengthOf(columns) > width) columns = columns.filter((column) => column !== unwanted);
  }
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => cell.padStart(columns[i]!.width))
      .join(GAP)
      .slice(0, width);
  return {
    header: line(columns.map(({ title }) => title)),
    row: (metrics: MetricsRow) => line(columns.map(({ cell }) => cell(metrics))),
  };
}

function lengthOf(columns: Column[]): number {
  return columns.reduce((total, { width }) => total + width, (columns.length - 1) * GAP.length);
}
