import { createRequire } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dataset, Examples } from '@latentkit/core';
import { createTrainedModel, type Model, summarizeModel } from '@latentkit/models';
import { type TermInfo, termsOf } from '@latentkit/objectives';
import type { EndEvent } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { drawRunFigures } from '../figures/draw-run-figures.ts';
import type { FigureResult } from '../figures/figure-result.ts';
import { DEFAULT_FIGURES } from '../figures/figure-specs.ts';
import type { RunEnd } from '../files/run-end.ts';
import { objectiveOf } from '../objective-of.ts';
import type { DataCounts } from '../report/describe-data.ts';
import { describeEnding } from '../report/describe-ending.ts';
import { writeReport } from '../report/write-report.ts';
import { type RunExtras, readMaps } from './read-extras.ts';
import type { RunDirectory } from './run-directory.ts';
import { writeRunProjections } from './run-projections.ts';

/** A run whose training is over: what its figures and report are made of. */
export interface EndedRun {
  config: ExperimentConfig;
  model: Model;
  dataset: Dataset<Examples>;
  end: Pick<EndEvent, 'reason' | 'epoch' | 'weights' | 'history'>;
  ended: Omit<RunEnd, 'epochs'>;
  /** It is not known when training ended: `finishedAt` is when the report was drawn. */
  isDrawnLater?: boolean;
  /** A process is still at it. */
  isWriting?: boolean;
  /** Epochs of the loss curves' moving average, where somebody chose. */
  smoothing: number | undefined;
  /** What was made of it since. */
  extras?: RunExtras;
  /** Makes no maps that there are not. */
  leavesMaps?: boolean;
}

/** Draws a run's figures and writes them and the report into its folder. */
export async function finishReport(
  directory: Pick<RunDirectory, 'path' | 'writeFigure' | 'writeReport'>,
  {
    config,
    model,
    dataset,
    end,
    ended,
    isDrawnLater = false,
    smoothing,
    extras = {},
    leavesMaps = false,
    isWriting = false,
  }: EndedRun,
): Promise<FigureResult[]> {
  const { history } = end;
  const { seed } = config.training;
  const terms = termsOfRun(config, model, dataset.train.count);
  const trained = createTrainedModel(model.spec, end.weights);
  let figures: FigureResult[];
  let { projections } = extras;
  try {
    const wanted = (config.figures ?? DEFAULT_FIGURES).filter(
      ({ name }) => history.length > 0 || name !== 'loss-curves',
    );
    figures = drawRunFigures({
      ...{ trained, dataset, history, keptEpoch: end.epoch, terms, seed, smoothing },
      figures: wanted.filter((spec) => spec.name !== 'projections'),
    });
    const maps = wanted.find((spec) => spec.name === 'projections');
    if (maps && !projections && !leavesMaps) {
      await writeRunProjections(directory.path, { trained, dataset, seed, of: config.recipe, ...maps });
      projections = await readMaps(directory.path);
    }
  } finally {
    trained.dispose();
  }
  for (const figure of figures) await directory.writeFigure(figure);
  const { finishedAt, environment, testLoss } = ended;
  const html = writeReport({
    ...{ config, figures, terms, history, keptEpoch: end.epoch, environment },
    importFrom: importFrom(directory.path),
    summary: summarizeModel(model),
    isFinished: end.reason !== 'aborted',
    ending: describeEnding(end, config, { isWriting }),
    ...countsOf(dataset),
    ...(testLoss !== undefined && { testLoss }),
    ...extras,
    ...(projections && { projections }),
    finishedAt: `${isDrawnLater ? 'drawn ' : ''}${finishedAt.slice(0, 16).replace('T', ' ')} UTC`,
  });
  await directory.writeReport(html);
  return figures;
}

/** What training's start event says of the loss's terms. */
function termsOfRun(config: ExperimentConfig, model: Model, examples: number): TermInfo[] {
  return termsOf(objectiveOf(config, model, examples)).map(({ name, title, unit, per, weight }) => ({
    name,
    title,
    unit,
    per,
    weight,
  }));
}

/** As training's start event counts. */
function countsOf({ train, validation, test, learnsFromJudges }: Dataset<Examples>): DataCounts {
  return {
    ...{ trainImages: train.count, validationImages: validation.count },
    ...(test && { testImages: test.count, choosesByTest: test === validation }),
    ...(learnsFromJudges && { learnsFromJudges }),
  };
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
