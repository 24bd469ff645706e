import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DATASETS, type DatasetKind } from '@latentkit/datasets';
import { defaultCacheDirectory } from '@latentkit/datasets/node';
import { formatCount, paint } from '@latentkit/terminal';

/** Lists the datasets. */
export function listDatasets({ json }: { json?: boolean }): void {
  for (const { fields: _, load: __, files, ...about } of DATASETS) {
    const row = { ...about, available: isAvailable(files) };
    process.stdout.write(json ? `${JSON.stringify(row)}\n` : describe(row));
  }
}

/** In the cache, all of it. */
function isAvailable(files: DatasetKind['files']): boolean {
  return files.every((file) => existsSync(join(defaultCacheDirectory(), file)));
}

const INDENT = 15;

type About = Omit<DatasetKind, 'fields' | 'load' | 'files'>;

function describe({ available, ...about }: About & { available: boolean }): string {
  const { name, title, shape, trainImages, validationImages, testImages, downloadMegabytes, licence } = about;
  const size = `${shape.height} x ${shape.width} x ${shape.channels}`;
  const others =
    testImages > 0 ? `${formatCount(testImages)} test` : `${formatCount(validationImages)} validation`;
  const counts = `${formatCount(trainImages)} training, ${others} images of ${size}`;
  const where = available ? 'on this machine' : `downloads ${downloadMegabytes} MB once`;
  const lines = [title, counts, `${where}; licence ${licence}`];
  return `${paint('bold', name.padEnd(INDENT), process.stdout)}${lines.join(`\n${' '.repeat(INDENT)}`)}\n`;
}
