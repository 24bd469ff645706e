import { setImmediate } from 'node:timers/promises';
import { type MapProgress, type ProjectedMap, projectPoints, qualityRow } from '@latentkit/experiment';
import { checkProjectionDirectory, writeProjections } from '@latentkit/experiment/node';
import { chooseMethods, type MethodRow, OWN_METHODS } from '@latentkit/projections';
import { tsneJs } from '@latentkit/projections/tsne-js';
import { umapJs } from '@latentkit/projections/umap-js';
import {
  type CommandTools,
  createDownloadView,
  exampleHelp,
  formatCount,
  paint,
  parseNumber,
  runCommand,
  talk,
} from '@latentkit/terminal';
import { Command, InvalidArgumentError, Option } from 'commander';
import { inFolder, makeOutFolder } from '../out-folder.ts';
import { createProjectionTable } from '../output/projection-table.ts';
import { programName } from '../program-name.ts';
import type { ProjectInput } from '../project-input.ts';
import { findProjectSource, type ProjectSourceOptions } from '../project-source.ts';

interface ProjectOptions extends ProjectSourceOptions {
  methods: string;
  seed: number;
  out?: string;
  force?: boolean;
  json?: boolean;
}

const WIDE = 200; // where nobody says how wide the terminal is
/** Methods of npm packages that not everybody has. */
const ENGINES: readonly MethodRow[] = [umapJs, tsneJs];

/** `latentkit project`: maps the codes of a run, or any vectors, to the plane, and says how good each map is. */
export function projectCommand(): Command {
  const { count, seed } = parseNumber;
  return new Command('project')
    .description("Map a run's codes, or any vectors, to the plane by PCA, t-SNE and UMAP.")
    .argument('<source>', 'run directory, or a file of vectors that ends in .npy or .csv')
    .option(
      '--methods <list>',
      `some of ${[...OWN_METHODS, ...ENGINES].map(({ name }) => name).join(',')}`,
      'pca,tsne,umap',
    )
    .addOption(
      new Option('--points <n>', 'use the first n (default: 2000 of a run, all of a file)').argParser(count),
    )
    .addOption(new Option('--seed <n>', 'decides all random numbers').argParser(seed).default(42))
    .option(
      '--labels <file>',
      'class of each vector: .npy, or .csv of one column; names or numbers, -1 for none',
    )
    .option(
      '--label-column <column>',
      'column of a .csv file that holds the classes: its name, or its place from 0',
    )
    .addOption(
      new Option(
        '--header <yes|no>',
        'whether the first row of a .csv names its columns (default: found out)',
      ).argParser(parseYesNo),
    )
    .option('--standardize', 'give each column mean 0 and standard deviation 1 first')
    .option('--data <file>', "images to encode instead of the run's dataset, or those it was made with: .npy")
    .option('--dataset <name>', "instead of the run's dataset")
    .option('--data-dir <dir>', "folder that holds the dataset's files already")
    .option('--out <dir>', "where to write (default: the run's projections/, or projections/<file>)")
    .option('--force', 'overwrite projections that are there')
    .option('--json', 'write a line of JSON a method to stdout')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'project runs/plain --points 5000',
        'project vectors.npy --labels labels.npy --methods umap',
      ]),
    )
    .action(project);
}

async function project(path: string, options: ProjectOptions): Promise<void> {
  const { methods: list, force, json } = options;
  const names = list.split(',').map((method) => method.trim());
  const methods = chooseMethods(names, ENGINES);
  const source = await findProjectSource(path, options);
  const chosen = options.out ?? source.out;
  await checkProjectionDirectory(chosen, { force });
  await runCommand({ json, leaves: 'Stopped; nothing was written.' }, ({ line, signal }) =>
    inFolder(makeOutFolder(chosen), async (out) => {
      const onProgress = createDownloadView(line);
      const onNote = (note: string) => talk(`Note: ${note}`);
      const input = await source.read({ signal, onProgress, onNote });
      await setImmediate(); // a Ctrl-C may have come while images were encoded
      signal.throwIfAborted();
      const maps = await makeMaps(input, methods, options, { line, signal });
      const { labels, classNames, title } = input;
      line.draw(paint('dim', 'Drawing'));
      await writeProjections(out, { maps, labels, classNames, title });
      line.clear();
      talk(`${paint('green', 'Done')}. Figure, coordinates and metrics are in ${paint('bold', out)}`);
    }),
  );
}

async function makeMaps(
  { points, labels, title }: ProjectInput,
  methods: readonly MethodRow[],
  { seed, json = false }: ProjectOptions,
  { line, signal }: Pick<CommandTools, 'line' | 'signal'>,
): Promise<ProjectedMap[]> {
  const table = createProjectionTable(
    methods.map(({ title }) => title),
    { width: process.stdout.columns ?? WIDE },
  );
  talk(
    `${paint('bold', title)}: ${formatCount(points.count)} vectors of ${points.dimensions} dimension${points.dimensions === 1 ? '' : 's'}`,
  );
  const maps: ProjectedMap[] = [];
  const onProgress = ({ title: method }: MethodRow, { stage, fraction }: MapProgress) => {
    const share = stage === 'measuring' ? 'the map' : `${Math.floor(100 * fraction)}%`;
    line.update(() => `${method}: ${stage} ${share}`.slice(0, line.width));
  };
  const onSkip = ({ title }: MethodRow, reason: string) => talk(`Note: ${title} has no map: ${reason}`);
  const making = { methods, seed, labels, signal, onProgress, onSkip };
  for await (const map of projectPoints(points, making)) {
    line.clear();
    for (const warning of map.warnings) talk(`Note: ${map.title}: ${warning}`);
    if (json) process.stdout.write(`${JSON.stringify(qualityRow(map))}\n`);
    else {
      if (maps.length === 0) process.stdout.write(`${paint('dim', table.header)}\n`);
      process.stdout.write(`${table.row(map)}\n`);
    }
    maps.push(map);
  }
  return maps;
}

function parseYesNo(text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new InvalidArgumentError('It must be yes or no');
}
