import { stat } from 'node:fs/promises';
import { type ListedRun, listRuns } from '@latentkit/experiment/node/runs';
import {
  formatDuration,
  formatLoss,
  formatTable,
  paint,
  printable,
  quoteArgument,
  type TableColumn,
  talk,
} from '@latentkit/terminal';
import { commandToPaste } from '../program-name.ts';

export interface RunsOptions {
  json?: boolean;
}

const USUAL = 'runs';

/** Lists the runs of a folder. */
export async function showRuns(folder: string, { json }: RunsOptions): Promise<void> {
  // Who has not trained yet has no such folder: that is no failure.
  const isNone = folder === USUAL && !(await stat(folder).catch(() => undefined));
  const runs = isNone ? [] : await listRuns(folder);
  if (json) {
    for (const run of runs) process.stdout.write(`${JSON.stringify(run)}\n`);
    return;
  }
  if (runs.length === 0) {
    talk(`No run in ${printable(folder)}: train writes them into ${USUAL}/`);
    return;
  }
  const width = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
  const [titles, ...lines] = formatTable(runs, COLUMNS, { width });
  process.stdout.write(`${paint('dim', titles!, process.stdout)}\n`);
  for (const line of lines) process.stdout.write(`${line}\n`);
  const stopped = runs.find((run) => isWhole(run) && run.canResume);
  if (!stopped) return;
  const command = commandToPaste('train --resume', quoteArgument(stopped.path));
  talk(paint('dim', `A stopped run goes on with ${command}`));
}

const COLUMNS: readonly TableColumn<ListedRun>[] = [
  { title: 'run', align: 'left', cell: ({ path }) => path },
  { title: 'recipe', align: 'left', expendable: 4, cell: (run) => (isWhole(run) ? run.recipe : '') },
  { title: 'dataset', align: 'left', expendable: 5, cell: (run) => (isWhole(run) ? run.dataset : '') },
  { title: 'epochs', expendable: 1, cell: (run) => (isWhole(run) ? `${run.epochs}/${run.of}` : '') },
  {
    title: 'val loss',
    cell: (run) => (isWhole(run) && run.valLoss !== undefined ? formatLoss(run.valLoss) : ''),
  },
  { title: 'time', expendable: 3, cell: (run) => (isWhole(run) ? formatDuration(run.seconds) : '') },
  { title: 'when', align: 'left', expendable: 2, cell: ({ at }) => localTime(new Date(at)) },
  { title: 'state', align: 'left', cell: stateOf },
];

function isWhole(run: ListedRun): run is Exclude<ListedRun, { state: 'damaged' }> {
  return run.state !== 'damaged';
}

function stateOf(run: ListedRun): string {
  if (run.state === 'damaged') return `damaged: ${run.why}`;
  if (run.state === 'writing') return 'being written';
  return run.state;
}

function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
