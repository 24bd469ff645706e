import type { ModelSummary } from '@latentkit/models';
import type { TermInfo } from '@latentkit/objectives';
import type { MetricsRow } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import type { FigureResult } from '../figures/figure-result.ts';
import type { RunEvaluation } from '../files/evaluation-file.ts';
import type { MapQuality } from '../files/quality-file.ts';
import type { DataCounts } from './describe-data.ts';

/** What a report tells of a run. */
export interface ReportContent extends DataCounts {
  config: ExperimentConfig;
  summary: ModelSummary;
  history: readonly MetricsRow[];
  /** The epoch whose weights were kept. */
  keptEpoch: number;
  /** Whether training came to its end; true by default. */
  isFinished?: boolean;
  /** Why training ended, for the reader. */
  ending: string;
  figures: readonly FigureResult[];
  /** The kept weights' loss on a test set that did not choose them. */
  testLoss?: number;
  /** What is said of the loss's terms, where it is known. */
  terms?: readonly TermInfo[];
  /** Maps of its codes, where some were made: the picture, and how good each is, as a row a method. */
  projections?: { svg: string; quality?: MapQuality };
  /** What an evaluation measured, where there was one. */
  evaluation?: RunEvaluation;
  /** What a script in the run's folder imports `loadRun` from: the package by default. */
  importFrom?: string;
  /** When the run ended, as it is to be shown. */
  finishedAt: string;
  /** What it ran on: versions, machine. */
  environment: Readonly<Record<string, string>>;
}

/** Whether a run learned rows of a table. */
export const isOfTable = ({ model }: Pick<ExperimentConfig, 'model'>): boolean =>
  model.likelihood.type === 'columns';
