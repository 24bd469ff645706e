import { DATASETS } from '@latentkit/datasets';
import { folderOfDataset } from './folder-of-dataset.ts';
import type { RunImagesOptions } from './load-run-images.ts';

/**
 * Which images foreign ones are: those of a dataset, by its name, or of a file or folder. A dataset's own files are looked for in a folder of
 * its name in `dataDir`, then in `dataDir` itself, unless the ordinary images are read from there: files of two datasets are called alike.
 */
export async function outliersOf(
  outliers: string,
  { ordinary, dataDir }: { ordinary: string; dataDir?: string | undefined },
): Promise<Pick<RunImagesOptions, 'dataset' | 'dataDir' | 'data'>> {
  if (!kindOf(outliers)) return { data: outliers };
  if (dataDir === undefined) return { dataset: outliers };
  const isForOrdinary = ordinary !== outliers && (kindOf(ordinary)?.files.length ?? 0) > 0;
  // A folder that is for the outliers alone, and has none, is for who reads it to refuse.
  const folder = (await folderOfDataset(dataDir, outliers)) ?? (isForOrdinary ? undefined : dataDir);
  const isTheirs = isForOrdinary && folder === dataDir;
  return { dataset: outliers, ...(folder !== undefined && !isTheirs && { dataDir: folder }) };
}

const kindOf = (name: string) => DATASETS.find((kind) => kind.name === name);
