import { existsSync } from 'node:fs';
import { exampleHelp, parseNumber, printable, talk } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { ProjectOptions } from '../actions/project.ts';
import { NAMES } from '../names.ts';
import { parseHeader } from '../options.ts';
import { programName } from '../program-name.ts';

/** `latentkit project`: maps the codes of a run, or any vectors, to the plane, and says how good each map is. */
export function projectCommand(): Command {
  const { count, seed } = parseNumber;
  return new Command('project')
    .description("Map a run's codes, or any vectors, to the plane by PCA, t-SNE and UMAP.")
    .argument('<source>', 'run directory, or a file of vectors that ends in .npy or .csv')
    .optionsGroup('Maps:')
    .option('--methods <list>', `some of ${NAMES.methods.join(',')}`, 'pca,tsne,umap')
    .addOption(
      new Option('--points <n>', 'use the first n (default: 2000 of a run, all of a file)').argParser(count),
    )
    .option('--standardize', 'give each column mean 0 and standard deviation 1 first')
    .addOption(new Option('--seed <n>', 'decides all random numbers').argParser(seed).default(42))
    .optionsGroup('A file:')
    .option(
      '--labels <file>',
      'class of each vector: .npy, or .csv of one column; names or numbers, -1 for none',
    )
    .option(
      '--label-column <column>',
      'column of a .csv that holds the classes: its name, or its place from 0',
    )
    .addOption(
      new Option(
        '--header <yes|no|auto>',
        'whether the first row of a .csv names its columns (default: auto)',
      ).argParser(parseHeader),
    )
    .optionsGroup('A run:')
    .option(
      '--data <path>',
      'images instead of its dataset, or those it was made with, as train reads them; --labels if a file has their classes',
    )
    .option('--dataset <name>', 'a dataset instead of its own')
    .option('--data-dir <dir>', "folder that holds the dataset's files already")
    .optionsGroup('Output:')
    .option('--out <dir>', "where to write (default: the run's projections/, or projections/<file>)")
    .option('--force', 'overwrite projections that are in the folder of --out')
    .option('--json', 'write a line of JSON a method to stdout')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --limit 2000 --epochs 2 --out runs/first',
        'project runs/first --methods pca,tsne',
      ]),
    )
    .action(async (path: string, options: ProjectOptions) => {
      if (!options.json && existsSync(path)) talk(`Mapping ${printable(path)}`); // what maps takes its time to load
      const { project } = await import('../actions/project.ts');
      await project(path, options);
    });
}
