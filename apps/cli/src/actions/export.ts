import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { type LoadedRun, loadRun } from '@latentkit/experiment/node';
import { writeTogether } from '@latentkit/formats/node';
import { exportKeras, exportOnnx, exportTfjs, exportTorch } from '@latentkit/interop';
import { paint, printable, runCommand, talk } from '@latentkit/terminal';
import { checkFree, inFolder, makeOutFolder } from '../out-folder.ts';
import type { ExportOptions } from './export-formats.ts';

const MEGABYTE = 1e6;
const MOST_TOLD = 4; // by name, in a line
type Write = (run: LoadedRun, options: ExportOptions, directory: string) => object | Promise<object>;
const WRITERS: Readonly<Record<ExportOptions['to'], Write>> = {
  onnx: (run, { symmetric }) => exportOnnx(run, { symmetric }),
  keras: exportKeras,
  tfjs: exportTfjs,
  torch: exportTorch,
  'hub-folder': async (run, options, directory) =>
    (await import('./hub-folder.ts')).hubFolder(directory, run, options),
};
/** What goes along with some formats only. */
const FLAGS = { symmetric: 'onnx', license: 'hub-folder' } as const;
/** What to say of pixels, where it is one thing. */
const LAYOUTS: Readonly<Record<ExportOptions['to'], string>> = {
  onnx: 'pixels from 0 to 1, channels first',
  keras: 'pixels from 0 to 1, channels last',
  tfjs: 'pixels from 0 to 1, channels last',
  torch: 'pixels from 0 to 1, channels first',
  'hub-folder': 'look at its README.md before it is published',
};

/** What a writer refuses is refused to who asked for the format, whichever writer that takes. */
async function written(run: LoadedRun, options: ExportOptions, directory: string): Promise<object> {
  try {
    return await WRITERS[options.to](run, options, directory);
  } catch (cause) {
    if (!(cause instanceof LatentkitError)) throw cause;
    const message = cause.message.replace(/^export[A-Z]\w*: /, `export --to ${options.to}: `);
    throw new LatentkitError(cause.code, message, { cause });
  }
}

/** A run's model as files of another format, in a folder. */
export async function exportModel(directory: string, options: ExportOptions): Promise<void> {
  const { to, out = to, force, json = false } = options;
  for (const [flag, format] of Object.entries(FLAGS)) {
    if (options[flag as keyof typeof FLAGS] === undefined || to === format) continue;
    throw new LatentkitError('E_USAGE', `export: --${flag} is for --to ${format}, got --to ${to}`, {
      fix: 'Leave it out',
    });
  }
  await runCommand({ json, leaves: 'Stopped; nothing was written.' }, async ({ signal }) => {
    const run = await loadRun(directory);
    run.dispose(); // its numbers are wanted, and nothing is computed
    const files = Object.entries<Uint8Array>({ ...(await written(run, options, directory)) });
    signal.throwIfAborted();
    await checkFree(out, [...new Set(files.map(([name]) => name.split('/')[0]!))], { force });
    await inFolder(makeOutFolder(out), () =>
      writeTogether(files.map(([name, content]) => ({ path: join(out, name), content }))),
    );
    const paths = files.map(([name]) => join(out, name));
    const bytes = files.reduce((sum, [, { length }]) => sum + length, 0);
    if (json) process.stdout.write(`${JSON.stringify({ run: directory, to, files: paths, bytes })}\n`);
    else if (!process.stdout.isTTY) process.stdout.write(`${paths.join('\n')}\n`);
    const told = paths.length > MOST_TOLD ? [`${paths.length} files in ${out}`] : paths;
    talk(
      `${paint('green', 'Wrote')} ${told.map((path) => paint('bold', printable(path))).join(', ')} (${(bytes / MEGABYTE).toFixed(1)} MB): ${LAYOUTS[to]}`,
    );
  });
}
