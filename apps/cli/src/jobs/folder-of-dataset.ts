import { basename, join } from 'node:path';
import { DATASETS } from '@latentkit/datasets';
import { isThere } from '@latentkit/formats/node';

/** Where a dataset's own files lie in a worker's folder of data: in a folder by its name, or beside each other; what is not there is fetched. */
export async function folderOfDataset(dataDir: string, name: string): Promise<string | undefined> {
  const files = DATASETS.find((one) => one.name === name)?.files ?? [];
  for (const folder of [join(dataDir, name), dataDir]) {
    for (const file of files.flatMap((path) => [basename(path), basename(path, '.gz')])) {
      if (await isThere(join(folder, file))) return folder;
    }
  }
  return undefined;
}
