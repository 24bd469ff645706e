import { formatDuration, type LiveLine, paint, talk } from '@latentkit/terminal';
import type { BenchEvent, MachineEvent } from '../bench-event.ts';
import { type BenchTableOptions, createBenchTable } from './bench-table.ts';

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
      talk(`${paint('green', 'Done')} in ${formatDuration((now() - started) / 1000)}.`);
    }
  };
}

function tellMachine({ cpu, cores, node, v8, versions: { tfjs, pytorch, blas, jax } }: MachineEvent): void {
  talk(`${paint('bold', cpu)}, ${cores} core${cores === 1 ? '' : 's'}; Node ${node} (V8 ${v8})`);
  const parts = [
    ...(tfjs ? [`tfjs ${tfjs}`] : []),
    ...(pytorch ? [`PyTorch ${pytorch}`] : []),
    ...(blas ? [`BLAS ${blas}`] : []),
    ...(jax ? [`jax-js ${jax}`] : []),
  ];
  talk(parts.join(', '));
}

function noteLine(text: string): string {
  return `${paint('yellow', 'note:')} ${text}`;
}
