import type { TableColumn } from '@latentkit/terminal';
import type { ProjectionBenchEvent, ProjectionResult } from '../projections/run-projection-bench.ts';
import { formatRatio, formatSeconds } from './bench-table.ts';
import { joinParts, markdownTable } from './markdown.ts';

const bold = (text: string, { engine }: ProjectionResult) => (engine === 'latentkit' ? `**${text}**` : text);

const COLUMNS: readonly TableColumn<ProjectionResult>[] = [
  { title: 'row', align: 'left', cell: ({ name }) => name },
  { title: 'engine', align: 'left', cell: (row) => bold(row.engine, row) },
  { title: 'seconds', cell: (row) => bold(formatSeconds(row.msMedian), row) },
  { title: 'trustworthiness', cell: ({ trustworthiness }) => trustworthiness.toFixed(4) },
  { title: 'KL', cell: ({ klDivergence }) => klDivergence?.toFixed(3) ?? '-' },
  { title: 'most MB', cell: ({ peakBytes }) => (peakBytes === null ? '-' : (peakBytes / 1e6).toFixed(0)) },
  { title: 'vs best peer', cell: (row) => bold(formatRatio(row.ratioToBest), row) },
  { title: 'which is', align: 'left', cell: ({ bestPeer }) => bestPeer ?? '-' },
];

/** A page of maps in Markdown, from the events of a run and the command that made it. */
export function writeProjectionPage(events: readonly ProjectionBenchEvent[], command: string): string {
  const machine = events.find((event) => event.type === 'machine');
  const rows = events.flatMap((event) => (event.type === 'row' ? [event.row] : []));
  const notes = events.flatMap((event) => (event.type === 'note' ? [`- ${event.text}`] : []));
  const seeds = rows[0]
    ? `Medians of ${rows[0].seeds} seed${rows[0].seeds === 1 ? '' : 's'}, one thread.`
    : '';
  return joinParts([
    '# Maps, beside others',
    `\`${command}\` wrote this page; [benchmarks.md](benchmarks.md#projections) tells what the rows and columns are.`,
    machine
      ? `${machine.date.slice(0, 10)}, ${machine.cpu}, Node ${machine.node}${Object.entries(machine.versions)
          .map((entry) => `, ${entry.join(' ')}`)
          .join('')}. ${seeds}`
      : '',
    markdownTable(rows, COLUMNS),
    notes.length > 0 ? `## Notes\n\n${notes.join('\n')}` : '',
  ]);
}
