import { basename, join } from 'node:path';
import { checkValue, pathRule, textRule } from '@latentkit/core/options';
import { DATASETS } from '@latentkit/datasets';
import { isThere } from '@latentkit/formats/node';

/**
 * Where a dataset's own files lie in a folder of data: in a folder by its name, or beside each other.
 *
 * @throws `E_USAGE` for a folder or a name that is no text.
 * @returns undefined where none of them is there, and for a dataset that has none: what it needs is fetched.
 * @example
 * const dataDir = await folderOfDataset('data', 'mnist'); // 'data/mnist', or 'data'
 * const dataset = await loadDataset({ name: 'mnist', ...(dataDir && { dataDir }) });
 */
export async function folderOfDataset(dataDir: string, name: string): Promise<string | undefined> {
  checkValue('folderOfDataset', 'dataDir', dataDir, pathRule);
  checkValue('folderOfDataset', 'name', name, textRule);
  const files = DATASETS.find((one) => one.name === name)?.files ?? [];
  for (const folder of [join(dataDir, name), dataDir]) {
    for (const file of files.flatMap((path) => [basename(path), basename(path, '.gz')])) {
      if (await isThere(join(folder, file))) return folder;
    }
  }
  return undefined;
}
