import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defaultCacheDirectory } from '@latentkit/datasets/node';
import { type DatasetEntry, datasetCatalog } from '@latentkit/experiment';
import { exampleHelp, formatCount, paint } from '@latentkit/terminal';
import { Command } from 'commander';
import { programName } from '../program-name.ts';

/** `latentkit datasets`: what there is to train on, and what of it is on this machine. */
export function datasetsCommand(): Command {
  return new Command('datasets')
    .description('List the datasets and whether they are on this machine.')
    .option('--json', 'write one JSON row a dataset')
    .option('--debug', 'show the stack of an error')
    .addHelpText('after', exampleHelp(programName(), ['datasets', 'datasets --json']))
    .action(({ json }: { json?: boolean }) => {
      for (const entry of datasetCatalog) {
        const row = { ...entry, available: isAvailable(entry) };
        process.stdout.write(json ? `${JSON.stringify(row)}\n` : describe(row));
      }
    });
}

const FILES = ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1'];

/** In the cache, all of it. */
function isAvailable({ name, downloadMegabytes }: DatasetEntry): boolean {
  const cached = (file: string) => existsSync(join(defaultCacheDirectory(), name, `${file}-ubyte.gz`));
  return downloadMegabytes === 0 || FILES.every(cached);
}

const INDENT = 15;

function describe({ available, ...entry }: DatasetEntry & { available: boolean }): string {
  const { name, title, shape, trainImages, validationImages, downloadMegabytes, licence } = entry;
  const size = `${shape.height} x ${shape.width} x ${shape.channels}`;
  const counts = `${formatCount(trainImages)} training, ${formatCount(validationImages)} validation images of ${size}`;
  const where = available ? 'on this machine' : `downloads ${downloadMegabytes} MB once`;
  const lines = [title, counts, `${where}; licence ${licence}`];
  return `${paint('bold', name.padEnd(INDENT), process.stdout)}${lines.join(`\n${' '.repeat(INDENT)}`)}\n`;
}
