import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DATASETS, type DatasetKind } from '@latentkit/datasets';
import { defaultCacheDirectory } from '@latentkit/datasets/node';
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
      for (const { fields: _, load: __, files, ...about } of DATASETS) {
        const row = { ...about, available: isAvailable(files) };
        process.stdout.write(json ? `${JSON.stringify(row)}\n` : describe(row));
      }
    });
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
