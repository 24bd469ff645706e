import { setImmediate } from 'node:timers/promises';
import { type MapProgress, type ProjectedMap, projectPoints, qualityRow } from '@latentkit/experiment';
import {
  checkNoLinkOut,
  PROJECTION_FILES,
  PROJECTION_FOLDER,
  writeProjections,
} from '@latentkit/experiment/node';
import { chooseMethods, type MethodRow } from '@latentkit/projections';
import { tsneJs } from '@latentkit/projections/tsne-js';
import { umapJs } from '@latentkit/projections/umap-js';
import {
  type CommandTools,
  createDownloadView,
  formatCount,
  formatDuration,
  paint,
  printable,
  runCommand,
  talk,
} from '@latentkit/terminal';
import { checkFree, inFolder, makeOutFolder } from '../out-folder.ts';
import { createProjectionTable } from '../output/projection-table.ts';
import type { ProjectInput } from '../project-input.ts';
import { findProjectSource, type ProjectSourceOptions } from '../project-source.ts';

export interface ProjectOptions extends ProjectSourceOptions {
  methods: string;
  seed: number;
  out?: string;
  force?: boolean;
  json?: boolean;
}

const WIDE = 200; // where nobody says how wide the terminal is
/** Methods of npm packages that not everybody has. */
export const ENGINES: readonly MethodRow[] = [umapJs, tsneJs];

/** Makes the maps, and writes them. */
export async function project(path: string, options: ProjectOptions): Promise<void> {
  const started = performance.now();
  const { methods: list, force, json } = options;
  const names = list.split(',').map((method) => method.trim());
  const methods = chooseMethods(names, ENGINES);
  const source = await findProjectSource(path, options);
  if (options.out !== undefined) await checkFree(options.out, Object.values(PROJECTION_FILES), { force });
  else if (source.run !== undefined) await checkNoLinkOut(source.run, [PROJECTION_FOLDER]);
  const chosen = options.out ?? source.out;
  await runCommand({ json, leaves: 'Stopped; nothing was written.' }, ({ line, signal, note }) =>
    inFolder(makeOutFolder(chosen), async (out) => {
      const onProgress = createDownloadView(line);
      const input = await source.read({ signal, onProgress, onNote: note });
      await setImmediate(); // a Ctrl-C may have come while images were encoded
      signal.throwIfAborted();
      const maps = await makeMaps(input, methods, options, { line, signal, note });
      await setImmediate(); // or a stdout that refuses the last row
      signal.throwIfAborted();
      const { labels, classNames, places, title } = input;
      line.draw(paint('dim', 'Drawing'));
      await writeProjections(out, { maps, labels, classNames, places, title });
      line.clear();
      const seconds = formatDuration((performance.now() - started) / 1000);
      if (line.enabled) talk(paint('dim', `\n${READ}`));
      talk(
        `${line.enabled ? '\n' : ''}${paint('green', 'Done')} in ${seconds}. Figure, coordinates and metrics are in ${paint('bold', printable(out))}`,
      );
    }),
  );
}

const READ =
  '1 is best. Trustworthiness: neighbours in the map are neighbours in the data; continuity: the other way round.';

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
    `${paint('bold', printable(title))}: ${formatCount(points.count)} vectors of ${points.dimensions} dimension${points.dimensions === 1 ? '' : 's'}${line.enabled ? '\n' : ''}`,
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
