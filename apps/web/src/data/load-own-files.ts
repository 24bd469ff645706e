import { type Dataset, LatentkitError } from '@latentkit/core';
import { createImageDecoder } from '@latentkit/datasets/decode';
import {
  type ImportedSets,
  type ImportFile,
  type ImportProgress,
  type ImportReport,
  importSets,
} from '@latentkit/datasets/import';
import { datasetOfSets, type ExperimentConfig, type ImageLooks, imageLooks } from '@latentkit/experiment';
import type { PickedFile } from './dropped-files.ts';
import { isTable } from './is-table.ts';

export interface LoadOwnOptions {
  onProgress?: (progress: ImportProgress) => void;
  onReport?: (report: ImportReport) => void;
  signal?: AbortSignal;
}

/**
 * The dataset of a person's own files, as the command line makes it of the same ones.
 *
 * @throws as `importFiles`; `E_USAGE` for a table where images are wanted: its rows are none.
 */
export async function loadOwnFiles(
  files: readonly PickedFile[],
  config: ExperimentConfig['dataset'],
  { onProgress, onReport, signal }: LoadOwnOptions = {},
): Promise<Dataset> {
  if (config.name === 'arrays' && config.source === undefined && (await isTable(files)))
    throw noImages(files[0]!);
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

const noImages = ({ name }: PickedFile) =>
  new LatentkitError(
    'E_USAGE',
    `${name}: its rows are those of a table, and the network that is set learns pictures`,
    {
      fix: "Choose the recipe 'table'",
    },
  );

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
