import { join } from 'node:path';
import { DATASETS } from '@latentkit/datasets';
import {
  ANOMALY_FILES,
  ANOMALY_FOLDER,
  checkNoLinkOut,
  type FindAnomaliesOptions,
  type FoundAnomalies,
  findAnomalies,
  numbersToJson,
  type RankedExample,
  writeAnomalies,
} from '@latentkit/experiment/node';
import {
  createDownloadView,
  formatCount,
  formatDuration,
  formatTable,
  paint,
  printable,
  runCommand,
  type TableColumn,
  talk,
} from '@latentkit/terminal';
import { checkFree, inFolder, makeOutFolder } from '../out-folder.ts';

export interface AnomaliesOptions
  extends Pick<
    FindAnomaliesOptions,
    | 'labels'
    | 'clean'
    | 'dataDir'
    | 'score'
    | 'falseAlarms'
    | 'samples'
    | 'anomalous'
    | 'worst'
    | 'limit'
    | 'workers'
  > {
  out?: string;
  force?: boolean;
  json?: boolean;
}

/** Ranks, shows and writes. */
export async function anomalies(
  run: string,
  data: string,
  { out, force, json = false, ...options }: AnomaliesOptions,
): Promise<void> {
  const started = performance.now();
  if (out !== undefined) await checkFree(out, Object.values(ANOMALY_FILES), { force });
  else await checkNoLinkOut(run, [ANOMALY_FOLDER]);
  const isName = DATASETS.some(({ name }) => name === data);
  await runCommand({ json, leaves: 'Stopped; nothing was written.' }, async ({ line, signal, note }) => {
    const found = await findAnomalies(run, {
      ...options,
      ...(isName ? { dataset: data } : { data }),
      ...{ signal, onNote: note },
      onDownload: createDownloadView(line),
      onProgress: (fraction) => line.update(() => `Scoring ${Math.floor(100 * fraction)}%`),
    });
    line.clear();
    await inFolder(makeOutFolder(out ?? join(run, ANOMALY_FOLDER)), async (folder) => {
      await writeAnomalies(folder, found);
      tellAnomalies(found, { folder, json, worst: options.worst, started });
    });
  });
}

/** Tells what was found and where it lies. */
export function tellAnomalies(
  found: FoundAnomalies,
  {
    folder,
    json,
    worst,
    started,
  }: { folder: string; json: boolean; worst?: number | undefined; started: number },
): void {
  const { svg: _, html: __, detector: ___, ...told } = found;
  if (json) process.stdout.write(`${numbersToJson({ ...told, folder }, 2)}\n`);
  else show(found, worst);
  const seconds = formatDuration((performance.now() - started) / 1000);
  const where = printable(join(folder, ANOMALY_FILES.report));
  talk(`${json ? '' : '\n'}${paint('green', 'Done')} in ${seconds}. Look at ${paint('bold', where)}`);
}

const WIDE = 200; // where nobody says how wide the terminal is

function show({ of, things, score, fitted, ranked, ranking }: FoundAnomalies, worst = 12): void {
  const { threshold, falseAlarms, examples } = fitted;
  const above = ranked.filter(({ isAnomaly }) => isAnomaly).length;
  talk(
    `${formatCount(above)} of ${formatCount(ranked.length)} ${printable(of)} score above ${threshold.toFixed(2)} by ${score}: ` +
      `what ${Number((100 * falseAlarms).toPrecision(6))}% of ordinary ${things} pass, as ${formatCount(examples)} of them tell`,
  );
  for (const { title, value } of ranking) talk(`${title} ${value.toFixed(4)}`);
  talk('');
  const shown = ranked.slice(0, worst);
  const columns: TableColumn<RankedExample>[] = [
    { title: things === 'rows' ? 'row' : 'image', cell: ({ index }) => String(index) },
    { title: 'score', cell: ({ score: value }) => value.toFixed(2) },
    { title: 'anomaly', align: 'left', cell: ({ isAnomaly }) => (isAnomaly ? 'yes' : 'no') },
    ...(shown.some(({ label }) => label !== undefined)
      ? [{ title: 'class', align: 'left' as const, cell: ({ label = '' }: RankedExample) => label }]
      : []),
    ...(shown.some(({ why }) => why !== undefined)
      ? [{ title: 'differs most in', align: 'left' as const, cell: ({ why = '' }: RankedExample) => why }]
      : []),
  ];
  formatTable(shown, columns, { width: process.stdout.columns ?? WIDE }).forEach((line, i) => {
    process.stdout.write(`${i === 0 ? paint('dim', line, process.stdout) : line}\n`);
  });
}
