import type { TableColumn } from '@latentkit/terminal';
import type { BenchEvent, BenchResult, MachineEvent, SummaryEvent } from '../bench-event.ts';
import { FIRST_STEPS } from '../protocol.ts';
import { formatMilliseconds, formatRatio, formatSpeed } from './bench-table.ts';
import { MEMORY_COLUMNS, SCALING_COLUMNS } from './closing-tables.ts';
import { describeVersions } from './describe-versions.ts';
import { joinParts, markdownTable } from './markdown.ts';

const isOurs = ({ engine }: BenchResult) => engine === 'latentkit';
const bold = (text: string, row: BenchResult) => (isOurs(row) ? `**${text}**` : text);

const COLUMNS: readonly TableColumn<BenchResult>[] = [
  { title: 'row', align: 'left', cell: ({ name }) => name },
  { title: 'engine', align: 'left', cell: (row) => bold(row.engine, row) },
  { title: 'how', align: 'left', cell: ({ how }) => how ?? '-' },
  { title: 'workers', cell: ({ workers }) => String(workers) },
  { title: 'ms', cell: (row) => bold(formatMilliseconds(row.msMedian), row) },
  { title: 'p10', cell: ({ msP10 }) => formatMilliseconds(msP10) },
  { title: 'p90', cell: ({ msP90 }) => formatMilliseconds(msP90) },
  { title: 'GFLOP/s', cell: ({ gflops }) => formatSpeed(gflops) },
  { title: `loss of ${FIRST_STEPS} steps`, cell: ({ loss }) => loss?.toFixed(1) ?? '-' },
  { title: 'vs best peer', cell: (row) => bold(formatRatio(row.ratioToBest), row) },
  { title: 'which is', align: 'left', cell: ({ bestPeer }) => bestPeer ?? '-' },
];

/** A page of results in Markdown, from the events of a run and the command that made it. */
export function writeBenchPage(events: readonly BenchEvent[], command: string): string {
  const machine = events.find((event): event is MachineEvent => event.type === 'machine');
  const summary = events.find((event): event is SummaryEvent => event.type === 'summary');
  const rows = events.flatMap((event) => (event.type === 'row' ? [event.row] : []));
  return joinParts([
    '# Speed, beside others',
    `\`${command}\` wrote this page; [benchmarks.md](benchmarks.md) tells what the rows and columns are.`,
    machine ? describe(machine) : '',
    markdownTable(rows, COLUMNS),
    heading('Scaling', markdownTable(summary?.scaling ?? [], SCALING_COLUMNS)),
    heading('Memory', markdownTable(summary?.memory ?? [], MEMORY_COLUMNS)),
    heading('Notes', (summary?.notes ?? []).map((note) => `- ${note}`).join('\n')),
  ]);
}

function describe({ date, cpu, cores, node, versions }: MachineEvent): string {
  const parts = [`${date.slice(0, 10)}, ${cpu}, ${cores} cores`, `Node ${node}`];
  return `${[...parts, ...describeVersions(versions)].join(', ')}.`;
}

const heading = (title: string, text: string) => (text === '' ? '' : `## ${title}\n\n${text}`);
