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
  formatDuration,
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
    .optionsGroup('Maps:')
    .option(
      '--methods <list>',
      `some of ${[...OWN_METHODS, ...ENGINES].map(({ name }) => name).join(',')}`,
      'pca,tsne,umap',
    )
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
        '--header <yes|no>',
        'whether the first row of a .csv names its columns (default: found out)',
      ).argParser(parseYesNo),
    )
    .optionsGroup('A run:')
    .option(
      '--data <file>',
      'images instead of its dataset, or those it was made with: .npy, with --labels if they have any',
    )
    .option('--dataset <name>', 'a dataset instead of its own')
    .option('--data-dir <dir>', "folder that holds the dataset's files already")
    .optionsGroup('Output:')
    .option('--out <dir>', "where to write (default: the run's projections/, or projections/<file>)")
    .option('--force', 'overwrite projections that are there')
    .option('--json', 'write a line of JSON a method to stdout')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --limit 2000 --epochs 2 --out runs/first',
        'project runs/first --methods pca,tsne',
      ]),
    )
    .action(project);
}

async function project(path: string, options: ProjectOptions): Promise<void> {
  const started = performance.now();
  const { methods: list, force, json } = options;
  const names = list.split(',').map((method) => method.trim());
  const methods = chooseMethods(names, ENGINES);
  const source = await findProjectSource(path, options);
  const chosen = options.out ?? source.out;
  await checkProjectionDirectory(chosen, { force });
  await runCommand({ json, leaves: 'Stopped; nothing was written.' }, ({ line, signal, note }) =>
    inFolder(makeOutFolder(chosen), async (out) => {
      const onProgress = createDownloadView(line);
      const input = await source.read({ signal, onProgress, onNote: note });
      await setImmediate(); // a Ctrl-C may have come while images were encoded
      signal.throwIfAborted();
      const maps = await makeMaps(input, methods, options, { line, signal, note });
      const { labels, classNames, title } = input;
      line.draw(paint('dim', 'Drawing'));
      await writeProjections(out, { maps, labels, classNames, title });
      line.clear();
      const seconds = formatDuration((performance.now() - started) / 1000);
      talk(
        `${line.enabled ? '\n' : ''}${paint('green', 'Done')} in ${seconds}. Figure, coordinates and metrics are in ${paint('bold', out)}`,
      );
    }),
  );
}

async function makeMaps(
  { points, labels, title }: ProjectInput,
  methods: readonly MethodRow[],
  { seed, json = false }: ProjectOptions,
  { line, signal, note }: Pick<CommandTools, 'line' | 'signal' | 'note'>,
): Promise<ProjectedMap[]> {
  const table = createProjectionTable(
    methods.map(({ title }) => title),
    { width: process.stdout.columns ?? WIDE },
  );
  talk(
    `${paint('bold', title)}: ${formatCount(points.count)} vectors of ${points.dimensions} dimension${points.dimensions === 1 ? '' : 's'}${line.enabled ? '\n' : ''}`,
  );
  const maps: ProjectedMap[] = [];
  const onProgress = ({ title: method }: MethodRow, { stage, fraction }: MapProgress) => {
    const share = stage === 'measuring' ? 'the map' : `${Math.floor(100 * fraction)}%`;
    line.update(() => `${method}: ${stage} ${share}`.slice(0, line.width));
  };
  const onSkip = ({ title }: MethodRow, reason: string) => note(`${title} has no map: ${reason}`);
  const making = { methods, seed, labels, signal, onProgress, onSkip };
  for await (const map of projectPoints(points, making)) {
    line.clear();
    for (const warning of map.warnings) note(`${map.title}: ${warning}`);
    if (json) process.stdout.write(`${JSON.stringify(qualityRow(map))}\n`);
    else {
      if (maps.length === 0) process.stdout.write(`${paint('dim', table.header, process.stdout)}\n`);
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
