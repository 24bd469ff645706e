import type { Dataset, Examples } from '@latentkit/core';
import { type Model, summarizeModel } from '@latentkit/models';
import { type TermInfo, termsOf } from '@latentkit/objectives';
import type { EndEvent } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { drawRunFigures } from '../figures/draw-run-figures.ts';
import type { FigureResult } from '../figures/figure-result.ts';
import { DEFAULT_FIGURES, type ProjectionsSpec } from '../figures/figure-specs.ts';
import type { FigureModel } from '../figures/run-figure.ts';
import type { RunEnd } from '../files/run-end.ts';
import { objectiveOf } from '../objective-of.ts';
import type { DataCounts } from './describe-data.ts';
import { describeEnding } from './describe-ending.ts';
import type { RunExtras } from './read-extras.ts';
import { writeReport } from './write-report.ts';

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
}

export interface DrawReportOptions {
  /** The run's model with its kept weights. */
  trained: FigureModel;
  /** Makes the maps that its recipe wants and that there are not; without it there are none. */
  makeMaps?: ((spec: ProjectionsSpec) => Promise<RunExtras['projections']>) | undefined;
  /** What a script in the run's folder imports `loadRun` from: the package by default. */
  importFrom?: string;
}

/** A run's page, and the figures in it. */
export interface DrawnReport {
  readonly html: string;
  readonly figures: readonly FigureResult[];
}

/** Draws a run's figures, and its report of them: the same bytes wherever it is done. */
export async function drawReport(
  {
    config,
    model,
    dataset,
    end,
    ended: { finishedAt, environment, testLoss },
    isDrawnLater = false,
    isWriting = false,
    smoothing,
    extras = {},
  }: EndedRun,
  { trained, makeMaps, importFrom }: DrawReportOptions,
): Promise<DrawnReport> {
  const { history } = end;
  const { seed } = config.training;
  const terms = termsOfRun(config, model, dataset.train.count);
  const wanted = (config.figures ?? DEFAULT_FIGURES).filter(
    ({ name }) => history.length > 0 || name !== 'loss-curves',
  );
  const figures = await drawRunFigures({
    ...{ trained, dataset, history, keptEpoch: end.epoch, terms, seed, smoothing },
    figures: wanted.filter((spec) => spec.name !== 'projections'),
  });
  const maps = wanted.find((spec) => spec.name === 'projections');
  const projections = extras.projections ?? (maps && (await makeMaps?.(maps)));
  const html = writeReport({
    ...{ config, figures, terms, history, keptEpoch: end.epoch, environment },
    ...(importFrom !== undefined && { importFrom }),
    summary: summarizeModel(model),
    isFinished: end.reason !== 'aborted',
    ending: describeEnding(end, config, { isWriting }),
    ...countsOf(dataset),
    ...(testLoss !== undefined && { testLoss }),
    ...extras,
    ...(projections && { projections }),
    finishedAt: `${isDrawnLater ? 'drawn ' : ''}${finishedAt.slice(0, 16).replace('T', ' ')} UTC`,
  });
  return { html, figures };
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
