import type { FigureSpec } from './figure-specs.ts';
import type { DrawnFigure } from './run-figure.ts';

/** A figure of a run, or why there is none. */
export type FigureResult = {
  /** File name without its ending. */
  readonly name: FigureSpec['name'];
  readonly title: string;
} & (
  | Omit<DrawnFigure, 'title'>
  | {
      /** Why there is none, a sentence. */
      readonly missing: string;
    }
);
