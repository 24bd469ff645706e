import type { Dataset, Examples } from '@latentkit/core';
import type { AcceleratedModel, Codes, Model, TrainedModel } from '@latentkit/models';
import type { TermInfo } from '@latentkit/objectives';
import type { MetricsRow } from '@latentkit/trainers';
import type { FigureSpec, FigureSpecOf } from './figure-specs.ts';

type Asked = 'spec' | 'encode' | 'decode' | 'reconstruct' | 'sample' | 'prior';

/** A model with its weights, that answers at once or later: a `TrainedModel`, an `AcceleratedModel`. */
export type FigureModel = Pick<TrainedModel, Asked> | Pick<AcceleratedModel, Asked>;

/** What a figure of a run can draw from. */
export interface FigureSubject {
  readonly model: Model;
  readonly trained: FigureModel;
  readonly dataset: Dataset<Examples>;
  /** Images that the model never learned from: the test set where there is one. */
  readonly shown: Examples;
  readonly what: 'validation' | 'test';
  /** Those of them whose codes are looked at, and their codes. */
  readonly encoded: Examples;
  readonly codes: Codes;
  /** The normal distributions that the prior mixes, if there is a prior. */
  readonly prior: Codes | undefined;
  readonly history: readonly MetricsRow[];
  /** The epoch whose weights were kept, where it is known. */
  readonly keptEpoch: number | undefined;
  /** What is said of the loss's terms, where it is known. */
  readonly terms: readonly TermInfo[];
  readonly seed: number;
  /** Of the loss curves, where somebody chose. */
  readonly smoothing: number | undefined;
}

export interface DrawnFigure {
  readonly svg: string;
  /** What the reader sees, one or two sentences. */
  readonly caption: string;
  /** In the place of the row's. */
  readonly title?: string;
  /** In the place of the row's. */
  readonly howToRead?: string;
  /** What a reader of the run must know before all else. */
  readonly note?: string;
}

/** A figure of a run: a row of `RUN_FIGURES`. */
export interface RunFigure<Name extends FigureSpec['name'] = FigureSpec['name']> {
  /** File name without its ending. */
  readonly name: Name;
  readonly title: string;
  /** What a newcomer looks for in it, a sentence. */
  readonly howToRead?: string;
  /** Why a model cannot have it, a sentence; asked of what a model can do, never of its kind. */
  needs(model: Model, dataset: Dataset<Examples>): string | undefined;
  draw(subject: FigureSubject, spec: FigureSpecOf<Name>): DrawnFigure | Promise<DrawnFigure>;
}

/** A row that knows its name. */
export function runFigure<const Name extends FigureSpec['name']>(figure: RunFigure<Name>): RunFigure<Name> {
  return figure;
}
