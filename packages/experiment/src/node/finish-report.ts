import { createRequire } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dataset } from '@latentkit/core';
import { createTrainedModel, type Model, summarizeModel } from '@latentkit/models';
import type { TermInfo } from '@latentkit/objectives';
import type { EndEvent } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { drawRunFigures } from '../figures/draw-run-figures.ts';
import type { FigureResult } from '../figures/figure-result.ts';
import { DEFAULT_FIGURES } from '../figures/figure-specs.ts';
import type { DataCounts } from '../report/describe-data.ts';
import { describeEnding } from '../report/describe-ending.ts';
import { writeReport } from '../report/write-report.ts';
import { describeEnvironment } from './describe-environment.ts';
import type { RunDirectory } from './run-directory.ts';
import { writeRunProjections } from './run-projections.ts';

/** A run whose training is over: what its figures and report are made of. */
export interface EndedRun {
  config: ExperimentConfig;
  model: Model;
  dataset: Dataset;
  end: EndEvent;
  terms: readonly TermInfo[];
  counts: DataCounts;
  /** The kept weights' loss on a test set that did not choose them. */
  testLoss: number | undefined;
  /** Epochs of the loss curves' moving average, where somebody chose. */
  smoothing: number | undefined;
  finishedAt: Date;
}

/** Draws a run's figures and writes them and the report into its folder. */
export async function finishReport(
  directory: Pick<RunDirectory, 'path' | 'writeFigure' | 'writeReport'>,
  { config, model, dataset, end, terms, counts, testLoss, smoothing, finishedAt }: EndedRun,
): Promise<FigureResult[]> {
  const { history } = end;
  const { seed } = config.training;
  const trained = createTrainedModel(model.spec, end.weights);
  let figures: FigureResult[];
  try {
    const wanted = config.figures ?? DEFAULT_FIGURES;
    figures = drawRunFigures({
      ...{ trained, dataset, history, keptEpoch: end.epoch, terms, seed, smoothing },
      figures: wanted.filter((spec) => spec.name !== 'projections'),
    });
    const maps = wanted.find((spec) => spec.name === 'projections');
    if (maps)
      await writeRunProjections(directory.path, { trained, dataset, seed, of: config.recipe, ...maps });
  } finally {
    trained.dispose();
  }
  for (const figure of figures) await directory.writeFigure(figure);
  const html = writeReport({
    ...{ config, figures, terms, history, keptEpoch: end.epoch },
    importFrom: importFrom(directory.path),
    summary: summarizeModel(model),
    ending: describeEnding(end, config),
    ...counts,
    ...(testLoss !== undefined && { testLoss }),
    finishedAt: `${finishedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    environment: await describeEnvironment(),
  });
  await directory.writeReport(html);
  return figures;
}

/** What a script in a run's folder imports: the package by its name where it is installed, else by the way to it. */
function importFrom(directory: string): string {
  const name = '@latentkit/experiment/node';
  const script = resolve(directory, 'script.js');
  try {
    return createRequire(script).resolve(name) && name;
  } catch {
    const here = fileURLToPath(new URL('./load-run.js', import.meta.url));
    return relative(dirname(script), here).split(sep).join('/');
  }
}
