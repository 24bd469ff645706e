import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { loadRun } from '@latentkit/experiment/node';
import { writeTogether } from '@latentkit/formats/node';
import { exportKeras, exportOnnx, exportTorch, type ModelToExport } from '@latentkit/interop';
import { paint, printable, runCommand, talk } from '@latentkit/terminal';
import { checkFree, inFolder, makeOutFolder } from '../out-folder.ts';
import type { ExportOptions } from './export-formats.ts';

const MEGABYTE = 1e6;
const WRITERS: Readonly<Record<ExportOptions['to'], (run: ModelToExport, symmetric: boolean) => object>> = {
  onnx: (run, symmetric) => exportOnnx(run, { symmetric }),
  keras: exportKeras,
  torch: exportTorch,
};

/** A run's model as files of another format, in a folder. */
export async function exportModel(directory: string, options: ExportOptions): Promise<void> {
  const { to, out = to, symmetric = false, force, json = false } = options;
  if (symmetric && to !== 'onnx') {
    throw new LatentkitError('E_USAGE', `export: --symmetric is for --to onnx, got --to ${to}`, {
      fix: 'Leave it out',
    });
  }
  await runCommand({ json, leaves: 'Stopped; nothing was written.' }, async ({ signal }) => {
    const run = await loadRun(directory);
    run.dispose(); // its numbers are wanted, and nothing is computed
    const files = Object.entries<Uint8Array>({ ...WRITERS[to](run, symmetric) });
    signal.throwIfAborted();
    await checkFree(
      out,
      files.map(([name]) => name),
      { force },
    );
    await inFolder(makeOutFolder(out), () =>
      writeTogether(files.map(([name, content]) => ({ path: join(out, name), content }))),
    );
    const paths = files.map(([name]) => join(out, name));
    const bytes = files.reduce((sum, [, { length }]) => sum + length, 0);
    if (json) process.stdout.write(`${JSON.stringify({ run: directory, to, files: paths, bytes })}\n`);
    else if (!process.stdout.isTTY) process.stdout.write(`${paths.join('\n')}\n`);
    talk(
      `${paint('green', 'Wrote')} ${paths.map((path) => paint('bold', printable(path))).join(', ')} (${(bytes / MEGABYTE).toFixed(1)} MB): pixels from 0 to 1, channels ${to === 'keras' ? 'last' : 'first'}`,
    );
  });
}
