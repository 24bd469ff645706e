import { setImmediate } from 'node:timers/promises';
import { comparisonPage, measureCell, settingCell, wordsOfMeasure } from '@latentkit/experiment';
import { type Comparison, compareRuns, loadRunDataset } from '@latentkit/experiment/node';
import { writeAtomically } from '@latentkit/formats/node';
import { createDownloadView, paint, runCommand, talk } from '@latentkit/terminal';
import { textTable } from '../output/text-table.ts';
import type { RunDataOptions } from '../run-data-options.ts';

export interface CompareOptions extends RunDataOptions {
  seed: number;
  pictures: boolean;
  out?: string;
  json?: boolean;
}

/** Compares runs, on the terminal and on a page. */
export async function compare(
  runs: readonly string[],
  { seed, pictures, out, json, dataDir, data, labels, validationData, validationLabels }: CompareOptions,
): Promise<void> {
  await runCommand({ json, leaves: 'Stopped; nothing was written.' }, async ({ line, signal, note }) => {
    const hasPictures = out !== undefined && pictures && runs.length > 1;
    const dataset = hasPictures
      ? await loadRunDataset(runs[0]!, {
          ...{ dataDir, data, labels, validationData, validationLabels },
          ...{ signal, onProgress: createDownloadView(line) },
        })
      : undefined;
    if (hasPictures) line.draw(paint('dim', 'Drawing'));
    await setImmediate(); // a Ctrl-C may have come while images were drawn
    signal.throwIfAborted();
    const comparison = await compareRuns(runs, { dataset, seed, onNote: note });
    if (out !== undefined) await writeAtomically(out, comparisonPage(comparison));
    line.clear();
    if (json) process.stdout.write(`${JSON.stringify(rowOf(comparison))}\n`);
    else show(comparison);
    if (out !== undefined && !json) talk(`${paint('green', 'Done')}. Open ${paint('bold', out)}`);
  });
}

function rowOf({ runs, settings, measures }: Comparison): object {
  return {
    runs: runs.map(({ name, directory, state }) => ({ name, directory, state })),
    ...{ settings, measures },
  };
}

function show({ runs, settings, measures }: Comparison): void {
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  const names = settings.map(({ name }) => name).concat(measures.map(({ name }) => wordsOfMeasure(name)));
  const lines = textTable(
    [
      { title: 'setting', cells: names, isWords: true },
      ...runs.map(({ name }, i) => ({
        title: name,
        cells: [
          ...settings.map(({ values }) => settingCell(values[i])),
          ...measures.map((row) => measureCell(row.values[i], row.name)),
        ],
      })),
    ],
    width,
  );
  const [titles, ...rows] = lines;
  const write = (text: string) => process.stdout.write(`${text}\n`);
  write(paint('dim', titles!, process.stdout));
  for (const row of rows.slice(0, settings.length)) write(row);
  if (settings.length > 0) write('');
  for (const row of rows.slice(settings.length)) write(row);
}
