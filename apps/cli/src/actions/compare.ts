import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { LatentkitError } from '@latentkit/core';
import { type ComparedRow, comparisonPage, describeComparability } from '@latentkit/experiment';
import { type Comparison, compareRuns, loadRunDataset } from '@latentkit/experiment/node';
import { writeAtomically } from '@latentkit/formats/node';
import { createDownloadView, paint, printable, runCommand, talk } from '@latentkit/terminal';
import { inFolder, makeOutFolder } from '../out-folder.ts';
import { comparisonTables } from '../output/comparison-tables.ts';
import { type RunDataOptions, runDataOf } from '../run-data-options.ts';

export interface CompareOptions extends RunDataOptions {
  seed: number;
  pictures: boolean;
  out?: string;
  json?: boolean;
}

/** Compares runs, on the terminal and on a page. */
export async function compare(runs: readonly string[], options: CompareOptions): Promise<void> {
  const { seed, pictures, out, json } = options;
  const leaves = 'Stopped; nothing was written.';
  const inPlace = (work: () => Promise<void>) =>
    out === undefined ? work() : inFolder(makeOutFolder(dirname(out)), work);
  await runCommand({ json, leaves }, ({ line, signal, note }) =>
    inPlace(async () => {
      const hasPictures = out !== undefined && pictures && runs.length > 1;
      const dataset = hasPictures
        ? await loadRunDataset(runs[0]!, {
            ...runDataOf(options),
            ...{ signal, onProgress: createDownloadView(line) },
          }).catch(orWithoutPictures)
        : undefined;
      if (hasPictures) line.draw(paint('dim', 'Drawing'));
      await setImmediate(); // a Ctrl-C may have come while images were drawn
      signal.throwIfAborted();
      const comparison = await compareRuns(runs, { dataset, seed, onNote: note });
      if (out !== undefined) await writeAtomically(out, comparisonPage(comparison));
      line.clear();
      if (json) process.stdout.write(`${JSON.stringify(rowOf(comparison))}\n`);
      else show(comparison);
      if (json) return;
      const doubt = describeComparability(comparison.settings);
      if (process.stderr.isTTY) talk();
      if (doubt !== undefined) talk(`${paint('yellow', 'Note:')} ${doubt}`);
      if (out !== undefined) talk(`${paint('green', 'Done')}. Open ${paint('bold', printable(out))}`);
      else if (process.stderr.isTTY)
        talk(paint('dim', 'For curves and pictures as well: --out compare.html'));
    }),
  );
}

/** Curves and numbers need no data. */
function orWithoutPictures(cause: unknown): never {
  if (!(cause instanceof LatentkitError)) throw cause;
  const { code, message, fix } = cause;
  const what = fix === undefined ? message : message.slice(0, -fix.length - 2); // the fix stands behind it
  const others = 'leave pictures out: --no-pictures';
  throw new LatentkitError(code, what, { fix: fix === undefined ? others : `${fix}, or ${others}`, cause });
}

function rowOf({ runs, settings, measures }: Comparison): object {
  const plain = (rows: readonly ComparedRow<unknown>[]) => rows.map(({ name, values }) => ({ name, values }));
  return {
    runs: runs.map(({ name, directory, state }) => ({ name, directory, state })),
    ...{ settings: plain(settings), measures: plain(measures) },
  };
}

function show({ runs, settings, measures }: Comparison): void {
  const width = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
  const rows: ComparedRow<unknown>[] = [...settings, ...measures];
  const tables = comparisonTables(
    runs.map(({ name }) => name),
    rows,
    width,
  );
  const write = (text: string) => process.stdout.write(`${text}\n`);
  for (const [i, [titles, ...lines]] of tables.entries()) {
    if (i > 0) write('');
    write(paint('dim', titles!, process.stdout));
    for (const line of lines.slice(0, settings.length)) write(line);
    if (settings.length > 0) write('');
    for (const line of lines.slice(settings.length)) write(line);
  }
}
