import type { BenchResult } from '../bench-event.ts';

interface Column {
  title: string;
  width: number;
  /** Words stand left, numbers right. */
  isWord?: boolean;
  cell(row: BenchResult): string;
}

const GAP = '  ';
const NONE = '-';

export interface BenchTableOptions {
  /** Of all rows to come, so that the columns stand before the first. */
  names: readonly string[];
  engines: readonly string[];
  width: number;
}

/** Results as the rows (`ms` is the median) of a table; columns that do not fit are left out, the least wanted first. */
export function createBenchTable({ names, engines, width }: BenchTableOptions) {
  const word = (title: string, texts: readonly string[], cell: Column['cell']): Column => {
    return { title, width: Math.max(title.length, ...texts.map(({ length }) => length)), isWord: true, cell };
  };
  const number = (title: string, cell: Column['cell'], least = 7): Column => {
    return { title, width: Math.max(title.length, least), cell };
  };
  const workers = number('workers', (row) => String(row.workers));
  const p10 = number('p10 ms', (row) => formatMilliseconds(row.msP10));
  const p90 = number('p90 ms', (row) => formatMilliseconds(row.msP90));
  const how = word('how', ['compile'], (row) => row.how ?? NONE);
  const peer = word('best peer', engines, (row) => row.bestPeer ?? NONE);
  const torch = number('vs torch', (row) => formatRatio(row.ratioToPyTorch));
  const tfjs = number('vs tfjs', (row) => formatRatio(row.ratioToTfjsWasm));
  let columns: Column[] = [
    word('row', names, (row) => row.name),
    word('engine', engines, (row) => row.engine),
    how,
    workers,
    number('ms', (row) => formatMilliseconds(row.msMedian)),
    p10,
    p90,
    number('GFLOP/s', (row) => formatSpeed(row.gflops)),
    number('vs best', (row) => formatRatio(row.ratioToBest)),
    peer,
    torch,
    tfjs,
  ];
  for (const unwanted of [p10, p90, torch, how, peer, tfjs, workers]) {
    if (lengthOf(columns) > width) columns = columns.filter((column) => column !== unwanted);
  }
  const line = (cellOf: (column: Column) => string) =>
    columns
      .map((column) =>
        column.isWord ? cellOf(column).padEnd(column.width) : cellOf(column).padStart(column.width),
      )
      .join(GAP);
  return {
    header: line(({ title }) => title),
    row: (result: BenchResult) => line(({ cell }) => cell(result)),
  };
}

/** Three digits at least, as no clock here knows more: `0.0123`, `1.23`, `12.3`, `1234`. */
export function formatMilliseconds(ms: number): string {
  if (ms >= 1) return ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0);
  return ms.toFixed(ms >= 0.1 ? 3 : 4);
}

/** Seconds of what took long: `0.49`, `35.7`. */
export function formatSeconds(ms: number): string {
  return (ms / 1000).toFixed(ms < 9995 ? 2 : 1);
}

/** GFLOP/s in three digits. */
export function formatSpeed(gflops: number): string {
  return gflops.toFixed(gflops < 10 ? 2 : 1);
}

/** `1.83x`: this row is so much faster. */
export function formatRatio(ratio: number | null): string {
  if (ratio === null) return NONE;
  return `${ratio.toFixed(ratio < 9.995 ? 2 : ratio < 99.95 ? 1 : 0)}x`;
}

function lengthOf(columns: readonly Column[]): number {
  return columns.reduce((total, { width }) => total + width, (columns.length - 1) * GAP.length);
}
