import {
  formatDuration,
  formatTable,
  type LiveLine,
  paint,
  type TableColumn,
  talk,
} from '@latentkit/terminal';
import type { BenchEvent, MachineEvent } from '../bench-event.ts';
import { type BenchTableOptions, createBenchTable } from './bench-table.ts';
import { MEMORY_COLUMNS, SCALING_COLUMNS } from './closing-tables.ts';
import { describeVersions } from './describe-versions.ts';

/** Writes a benchmark's events to stdout for programs: rows are just rows, what else there is has a `type`. */
export function showBenchJson(event: BenchEvent): void {
  if (event.type === 'progress') return;
  if (event.type === 'note') talk(noteLine(event.text));
  else process.stdout.write(`${JSON.stringify(event.type === 'row' ? event.row : event)}\n`);
}

export interface BenchViewOptions extends Omit<BenchTableOptions, 'width'> {
  line: LiveLine;
  now?: () => number;
}

/** Shows a benchmark to a reader: the table is stdout's, what is said of it stderr's. */
export function createBenchView({
  line,
  now = () => performance.now(),
  ...content
}: BenchViewOptions): (event: BenchEvent) => void {
  const width = process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY;
  const table = createBenchTable({ ...content, width });
  const started = now();
  let previous: string | undefined;
  const print = (text: string) => process.stdout.write(`${text}\n`);
  return (event) => {
    if (event.type === 'progress') {
      const turn = event.round === 0 ? 'warm-up' : `round ${event.round}/${event.rounds}`;
      line.update(() => `${event.name}  ${turn}  ${event.engine}`.slice(0, line.width));
      return;
    }
    line.clear();
    if (event.type === 'machine') tellMachine(event);
    else if (event.type === 'note') talk(noteLine(event.text));
    else if (event.type === 'row') {
      const { name, engine } = event.row;
      if (previous === undefined) {
        talk();
        print(paint('bold', table.header, process.stdout));
      }
      if (previous !== undefined && previous !== name && process.stdout.isTTY) print('');
      previous = name;
      print(
        engine === 'latentkit' ? paint('bold', table.row(event.row), process.stdout) : table.row(event.row),
      );
    } else if (event.type === 'ceiling') {
      talk(`\nCeiling: ${event.gflops.toFixed(1)} GFLOP/s, our best product on one thread (${event.name})`);
    } else {
      for (const [name, share] of Object.entries(event.shareOfCeiling)) {
        talk(`${name} on one thread: ${(100 * share).toFixed(0)}% of the ceiling`);
      }
      tellTable(event.scaling, SCALING_COLUMNS);
      tellTable(event.memory, MEMORY_COLUMNS);
      talk(`${paint('green', 'Done')} in ${formatDuration((now() - started) / 1000)}.`);
    }
  };
}

function tellMachine({ cpu, cores, node, v8, versions }: MachineEvent): void {
  talk(`${paint('bold', cpu)}, ${cores} core${cores === 1 ? '' : 's'}; Node ${node} (V8 ${v8})`);
  talk(describeVersions(versions).join(', '));
}

function tellTable<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[]): void {
  if (rows.length === 0) return;
  const width = process.stderr.isTTY ? process.stderr.columns || 80 : Number.POSITIVE_INFINITY;
  talk(`\n${formatTable(rows, columns, { width }).join('\n')}`);
}

function noteLine(text: string): string {
  return `${paint('yellow', 'note:')} ${text}`;
}
