import type { DrawnFigure } from './run-figure.ts';
import type { RUN_FIGURES } from './run-figures.ts';

/** A figure of a run, or why there is none. */
export type FigureResult = {
  /** File name without its ending. */
  readonly name: (typeof RUN_FIGURES)[number]['name'];
  readonly title: string;
} & (
  | Omit<DrawnFigure, 'title'>
  | {
      /** Why there is none, a sentence. */
      readonly missing: string;
    }
);
