import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { type ListedRun, listRuns } from '@latentkit/experiment/node';
import { formatDuration, formatLoss, paint, talk } from '@latentkit/terminal';
import { textTable } from '../output/text-table.ts';

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
    talk(`No run in ${folder}: train writes them into ${USUAL}/`);
    return;
  }
  const [titles, ...lines] = tableOf(runs);
  process.stdout.write(`${paint('dim', titles!, process.stdout)}\n`);
  for (const line of lines) process.stdout.write(`${line}\n`);
}

function tableOf(runs: readonly ListedRun[]): string[] {
  const column = (cellOf: (run: ListedRun) => string) => runs.map(cellOf);
  const of = (run: ListedRun) => (run.state === 'damaged' ? undefined : run);
  return textTable(
    [
      { title: 'run', cells: column(({ path }) => relative('.', path) || '.'), isWords: true },
      { title: 'recipe', cells: column((run) => of(run)?.recipe ?? ''), isWords: true, spare: 3 },
      { title: 'dataset', cells: column((run) => of(run)?.dataset ?? ''), isWords: true, spare: 4 },
      { title: 'epochs', cells: column(epochsOf) },
      { title: 'val loss', cells: column((run) => lossOf(of(run)?.valLoss)) },
      { title: 'time', cells: column((run) => timeOf(of(run)?.seconds)), spare: 2 },
      { title: 'when', cells: column(({ at }) => localTime(new Date(at))), isWords: true, spare: 1 },
      { title: 'state', cells: column(stateOf), isWords: true },
    ],
    process.stdout.isTTY ? process.stdout.columns : undefined,
  );
}

function epochsOf(run: ListedRun): string {
  return run.state === 'damaged' ? '' : `${run.epochs}/${run.of}`;
}

function lossOf(loss: number | undefined): string {
  return loss === undefined ? '' : formatLoss(loss);
}

function timeOf(seconds: number | undefined): string {
  return seconds === undefined ? '' : formatDuration(seconds);
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
