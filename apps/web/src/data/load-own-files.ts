import { type Dataset, LatentkitError } from '@latentkit/core';
import { createImageDecoder } from '@latentkit/datasets/decode';
import {
  type ImportedSets,
  type ImportFile,
  type ImportProgress,
  type ImportReport,
  importSets,
  isTableFile,
} from '@latentkit/datasets/import';
import { datasetOfSets, type ExperimentConfig, type ImageLooks, imageLooks } from '@latentkit/experiment';
import type { PickedFile } from './dropped-files.ts';

export interface LoadOwnOptions {
  onProgress?: (progress: ImportProgress) => void;
  onReport?: (report: ImportReport) => void;
  signal?: AbortSignal;
}

/**
 * The dataset of a person's own files, as the command line makes it of the same ones.
 *
 * @throws as `importFiles`; `E_USAGE` for a table of columns, saying what to do: its rows are no pictures, which is what this page shows.
 */
export async function loadOwnFiles(
  files: readonly PickedFile[],
  config: ExperimentConfig['dataset'],
  { onProgress, onReport, signal }: LoadOwnOptions = {},
): Promise<Dataset> {
  if (config.name === 'arrays' && config.source === undefined) await refuseTable(files);
  const sets = await importOwnFiles(files, imageLooks(config), { onProgress, signal });
  onReport?.(sets.report);
  return datasetOfSets(sets, config);
}

/** The sets that a person's own files hold. */
export const importOwnFiles = (
  files: readonly PickedFile[],
  looks: ImageLooks,
  { onProgress, signal }: Pick<LoadOwnOptions, 'onProgress' | 'signal'> = {},
): Promise<ImportedSets> =>
  importSets(readAhead(files), { ...looks, decode: createImageDecoder(), onProgress, signal });

async function refuseTable([picked, ...others]: readonly PickedFile[]): Promise<void> {
  if (!picked?.file || others.length > 0) return;
  const { file } = picked;
  const read = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer());
  if (!(await isTableFile({ size: file.size, read }).catch(() => false))) return; // who reads all of it says why not
  const { name } = picked;
  const path = /^[\w./-]+$/.test(name) ? name : `'${name}'`;
  throw new LatentkitError(
    'E_USAGE',
    `${name}: its rows are those of a table, and this page shows pictures`,
    {
      fix: `The command line learns it: "latentkit train --data ${path}"`,
    },
  );
}

/** So many files are read while one is imported, */
const AHEAD = 16;
/** if they are no larger: what is read ahead is held in memory. */
const SMALL_BYTES = 2 ** 22;

/** Files to import, the next ones read already: to read one takes longer than to import it. */
function* readAhead(files: readonly PickedFile[]): Generator<ImportFile> {
  const begun = new Map<PickedFile, Promise<Uint8Array>>();
  for (const [i, picked] of files.entries()) {
    for (const next of files.slice(i, i + AHEAD)) {
      if (begun.has(next) || (next.file?.size ?? 0) > SMALL_BYTES) continue;
      const reading = bytesOf(next);
      reading.catch(() => {}); // told when its turn comes
      begun.set(next, reading);
    }
    yield { name: picked.name, bytes: () => begun.get(picked) ?? bytesOf(picked) };
    begun.delete(picked);
  }
}

async function bytesOf({ file, whyNot = 'the browser gave no file' }: PickedFile): Promise<Uint8Array> {
  if (!file) throw new Error(whyNot);
  return new Uint8Array(await file.arrayBuffer());
}
