import { createRequire } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTrainedModel } from '@latentkit/models';
import type { FigureResult } from '../figures/figure-result.ts';
import type { ProjectionsSpec } from '../figures/figure-specs.ts';
import { type DrawnReport, drawReport, type EndedRun } from '../report/draw-report.ts';
import { readMaps } from '../report/read-extras.ts';
import type { RunDirectory } from './run-directory.ts';
import { runFolder } from './run-folder.ts';
import { writeRunProjections } from './run-projections.ts';

/** Draws a run's figures and writes them and the report into its folder. */
export async function finishReport(
  directory: Pick<RunDirectory, 'path' | 'writeFigure' | 'writeReport'>,
  run: EndedRun,
  { leavesMaps = false }: { leavesMaps?: boolean } = {},
): Promise<readonly FigureResult[]> {
  const { html, figures } = await drawHere(directory.path, run, leavesMaps);
  for (const figure of figures) await directory.writeFigure(figure);
  await directory.writeReport(html);
  return figures;
}

/** @param leavesMaps makes no maps that there are not. */
async function drawHere(path: string, run: EndedRun, leavesMaps: boolean): Promise<DrawnReport> {
  const { config, model, dataset, end } = run;
  const trained = createTrainedModel(model.spec, end.weights);
  const makeMaps = async (maps: ProjectionsSpec) => {
    const { seed } = config.training;
    await writeRunProjections(path, { trained, dataset, seed, of: config.recipe, ...maps });
    return readMaps(runFolder(path));
  };
  try {
    const importFrom = importOf(path);
    return await drawReport(run, { trained, importFrom, ...(!leavesMaps && { makeMaps }) });
  } finally {
    trained.dispose();
  }
}

/** What a script in a run's folder imports: the package by its name where it is installed, else by the way to it. */
function importOf(directory: string): string {
  const name = '@latentkit/experiment/node';
  const script = resolve(directory, 'script.js');
  try {
    return createRequire(script).resolve(name) && name;
  } catch {
    const here = fileURLToPath(new URL('./load-run.js', import.meta.url));
    return relative(dirname(script), here).split(sep).join('/');
  }
}
