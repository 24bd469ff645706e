import { basename, extname, join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import {
  CODES_FILES,
  CODES_FOLDER,
  type CodesFile,
  type CodesFormat,
  encodeRun,
  formatCodes,
} from '@latentkit/experiment/node';
import { writeTogether } from '@latentkit/formats/node';
import {
  createDownloadView,
  formatCount,
  formatDuration,
  paint,
  printable,
  runCommand,
  talk,
} from '@latentkit/terminal';
import { type ImageOptions, imagesOf } from '../image-options.ts';
import { checkFree, toFile } from '../out-folder.ts';

export interface EncodeOptions extends ImageOptions {
  limit?: number;
  label?: string;
  workers?: number;
  format?: CodesFormat;
  reconstructions?: boolean;
  out?: string;
  force?: boolean;
  json?: boolean;
}

/** Codes into files, or to stdout. */
export async function encode(directory: string, options: EncodeOptions): Promise<void> {
  const started = performance.now();
  const { limit, label, workers, reconstructions, force, json = false, ...flags } = options;
  const { out, format } = placeOf(flags, { json });
  if (reconstructions && (format !== 'npy' || (out !== undefined && extname(out) !== ''))) {
    throw new LatentkitError('E_USAGE', 'encode: reconstructions are written as npy, into a folder', {
      fix: 'Give --format npy --out FOLDER',
    });
  }
  const isFolder = out !== undefined && out !== '-' && extname(out) === '';
  if (isFolder)
    await checkFree(
      out,
      CODES_FILES.filter((name) => extname(name) === `.${format}`),
      { force },
    );
  const isPrinted = json || out === '-';
  // A file of NPY is one of several: the folder is what is made.
  const named = isFolder ? join(out, 'means.npy') : out;
  await runCommand({ json: isPrinted, leaves: 'Stopped; nothing was written.' }, ({ line, signal, note }) =>
    toFile({ out: named, run: directory, name: join(CODES_FOLDER, 'means.npy') }, async () => {
      const codes = await encodeRun(directory, {
        ...{ ...imagesOf(options), limit, label, workers, reconstructions, signal, onNote: note },
        onDownload: createDownloadView(line),
        onProgress: (fraction) => line.update(() => `Encoding ${Math.floor(100 * fraction)}%`),
      });
      line.clear();
      const { latentDim, of, labels, logVar } = codes;
      const count = codes.mean.length / latentDim;
      const size = `${latentDim} dimension${latentDim === 1 ? '' : 's'}`;
      talk(`Codes of ${formatCount(count)} ${printable(of)}, ${size}`);
      const made = await formatCodes(codes, format);
      if (out === '-') {
        process.stdout.write(made[0]!.content);
        return;
      }
      const files = filesAt(made, { out, directory });
      if (files.length < made.length) {
        note(
          `${out} holds the means alone: a folder, --out FOLDER --format npy, gets the log variances, too`,
        );
      }
      await writeTogether(files);
      const paths = files.map(({ path }) => path);
      const facts = {
        images: count,
        latentDim,
        hasLabels: labels !== undefined,
        hasLogVar: logVar !== undefined,
      };
      if (json) process.stdout.write(`${JSON.stringify({ run: directory, files: paths, of, ...facts })}\n`);
      else if (!process.stdout.isTTY) process.stdout.write(`${paths.join('\n')}\n`);
      const seconds = formatDuration((performance.now() - started) / 1000);
      talk(
        `${paint('green', 'Done')} in ${seconds}. Wrote ${paths.map((path) => paint('bold', printable(path))).join(', ')}`,
      );
    }),
  );
}

/** Where codes go and as what, where flags leave it open: into a pipe as CSV. */
function placeOf(
  { out: said, format }: Pick<EncodeOptions, 'out' | 'format'>,
  { json }: { json: boolean },
): { out: string | undefined; format: CodesFormat } {
  const usage = (text: string, fix: string) => new LatentkitError('E_USAGE', `encode: ${text}`, { fix });
  const isPiped = !process.stdout.isTTY && !json && format !== 'npy';
  const out = said ?? (isPiped ? '-' : undefined);
  if (out === undefined) return { out, format: format ?? 'csv' };
  if (out === '-') {
    if (json) throw usage('--json and --out - both write to stdout', 'Give one of them');
    if (format === 'npy') throw usage('npy are several files', 'Name a folder: --out FOLDER');
    if (format === 'parquet' && process.stdout.isTTY) {
      throw usage('a terminal shows no Parquet', 'Give a file with --out FILE.parquet');
    }
    return { out, format: format ?? 'csv' };
  }
  const ending = extname(out).toLowerCase().slice(1);
  if (ending === '' && format === 'npy') return { out, format };
  if (ending === 'csv' || ending === 'parquet' || ending === 'npy') {
    if (format === undefined || format === ending) return { out, format: ending };
    throw usage(`--out ${out} and --format ${format} are two formats`, 'Leave --format out');
  }
  throw usage(
    `--out ${out}: expected a file that ends in .csv, .parquet or .npy`,
    'Or a folder, with --format npy',
  );
}

/** Where each of the files goes: means alone into a file of NPY. */
function filesAt(
  made: readonly CodesFile[],
  { out, directory }: { out: string | undefined; directory: string },
): { path: string; content: CodesFile['content'] }[] {
  if (out !== undefined && extname(out) !== '') return [{ path: out, content: made[0]!.content }];
  const folder = out ?? join(directory, CODES_FOLDER);
  return made.map(({ name, content }) => ({ path: join(folder, basename(name)), content }));
}
