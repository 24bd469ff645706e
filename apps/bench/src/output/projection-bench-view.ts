import { type LiveLine, paint, talk } from '@latentkit/terminal';
import type { ProjectionBenchEvent, ProjectionResult } from '../projections/run-projection-bench.ts';
import { formatRatio, formatSeconds } from './bench-table.ts';

const NONE = '-';
const GAP = '  ';

interface Column {
  title: string;
  cell(row: ProjectionResult): string;
}

const NUMBERS: readonly Column[] = [
  { title: 'seconds', cell: ({ msMedian }) => formatSeconds(msMedian) },
  { title: 'trustworthiness', cell: ({ trustworthiness }) => trustworthiness.toFixed(4) },
  { title: '   KL', cell: ({ klDivergence }) => klDivergence?.toFixed(3) ?? NONE },
  { title: 'vs best', cell: ({ ratioToBest }) => formatRatio(ratioToBest) },
  { title: '   best peer', cell: ({ bestPeer }) => bestPeer ?? NONE },
];

/** Writes the events of a projection benchmark to stdout for programs: rows are just rows. */
export function showProjectionBenchJson(event: ProjectionBenchEvent): void {
  if (event.type === 'note') talk(`${paint('yellow', 'note:')} ${event.text}`);
  if (event.type === 'machine') process.stdout.write(`${JSON.stringify(event)}\n`);
  if (event.type === 'row') process.stdout.write(`${JSON.stringify(event.row)}\n`);
}

/** Shows a projection benchmark to a reader: the table is stdout's, what is said of it stderr's. */
export function createProjectionBenchView(
  line: LiveLine,
  names: readonly string[],
  engines: readonly string[],
): (event: ProjectionBenchEvent) => void {
  const nameWidth = Math.max(...names.map(({ length }) => length));
  const engineWidth = Math.max(...engines.map(({ length }) => length));
  const compose = (name: string, engine: string, cellOf: (column: Column) => string) =>
    [
      name.padEnd(nameWidth),
      engine.padEnd(engineWidth),
      ...NUMBERS.map((column) => cellOf(column).padStart(column.title.length)),
    ].join(GAP);
  let hasHeader = false;
  return (event) => {
    if (event.type === 'progress') {
      const { name, engine, round, rounds } = event;
      line.update(() => `${name}  seed ${round}/${rounds}  ${engine}`.slice(0, line.width));
      return;
    }
    line.clear();
    if (event.type === 'note') talk(`${paint('yellow', 'note:')} ${event.text}`);
    else if (event.type === 'machine') {
      const versions = Object.entries(event.versions).map((entry) => `, ${entry.join(' ')}`);
      talk(`${paint('bold', event.cpu)}; Node ${event.node}${versions.join('')}; one thread\n`);
    } else {
      const { row } = event;
      if (!hasHeader) process.stdout.write(`${compose('row', 'engine', ({ title }) => title)}\n`);
      hasHeader = true;
      process.stdout.write(`${compose(row.name, row.engine, ({ cell }) => cell(row))}\n`);
    }
  };
}
