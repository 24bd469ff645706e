import type { Dataset } from '@latentkit/core';
import {
  type ImportFile,
  type ImportProgress,
  type ImportReport,
  importSets,
} from '@latentkit/datasets/import';
import { datasetOfSets, type ExperimentConfig, imageLooks } from '@latentkit/experiment';
import { decodeInWorker } from './decode-in-worker.ts';
import type { PickedFile } from './dropped-files.ts';

export interface LoadOwnOptions {
  onProgress?: (progress: ImportProgress) => void;
  onReport?: (report: ImportReport) => void;
  signal?: AbortSignal;
}

/**
 * The dataset of a person's own files, as the command line makes it of the same ones.
 *
 * @throws as `importFiles`.
 */
export async function loadOwnFiles(
  files: readonly PickedFile[],
  config: ExperimentConfig['dataset'],
  { onProgress, onReport, signal }: LoadOwnOptions = {},
): Promise<Dataset> {
  const reading = { ...imageLooks(config), decode: decodeInWorker, onProgress, signal };
  const sets = await importSets(files.map(toImport), reading);
  onReport?.(sets.report);
  return datasetOfSets(sets, config);
}

function toImport({ name, file, whyNot = 'the browser gave no file' }: PickedFile): ImportFile {
  return {
    name,
    async bytes() {
      if (!file) throw new Error(whyNot);
      return new Uint8Array(await file.arrayBuffer());
    },
  };
}
