import type { AnomalyScore, FittedThreshold, MetricRow } from '@latentkit/evaluation';
import type { PickedFile } from '../data/dropped-files.ts';
import type { Cells } from './run-messages.ts';

/** What a worker that evaluates can be asked. */
export type EvaluateCalls = {
  /** Takes what is shown from the worker at the other end of the port; it is judged by a person's files where its images are not there. */
  open(input: {
    readonly port: MessagePort;
    readonly workers: number;
    readonly files?: readonly PickedFile[];
  }): Promise<EvaluatedRun>;
  /** Measures; what is measured is told as it comes. */
  measure(input: undefined): Promise<Measured>;
  /** Images, and what the network makes of them, by the error of that: the largest first. */
  byError(input: Page): Promise<ImagesByError>;
  /** Ranks the run's own images, or others, by how unlike ordinary ones they are. */
  findOdd(input: { readonly score: AnomalyScore; readonly files?: readonly PickedFile[] }): Promise<FoundOdd>;
  /** The odd ones by their rank, with where they differ. */
  explainOdd(input: Page): Promise<ExplainedOdd>;
};

/** Some of what is ranked. */
export interface Page {
  readonly from: number;
  readonly count: number;
}

export type EvaluateEvent =
  | { readonly type: 'rows'; readonly rows: readonly MetricRow[] }
  /** From 0 to 1. */
  | { readonly type: 'progress'; readonly share: number };

/** A model that can be evaluated, and on what. */
export interface EvaluatedRun {
  /** Which images, and how many. */
  readonly of: string;
  readonly count: number;
  /** Whether they are all that there are, as the command line looks at them; else its first ones, or others. */
  readonly isWhole: boolean;
  readonly learnedFrom: boolean;
  readonly epoch: number;
  /** What reading a person's images has to tell. */
  readonly notes: readonly string[];
  readonly scores: readonly OfferedScore[];
}

/** A score that images can be ranked by. */
export interface OfferedScore {
  readonly name: AnomalyScore;
  readonly title: string;
  /** Why this model has none; absent where it has. */
  readonly why?: string;
}

export interface Measured {
  readonly rows: readonly MetricRow[];
  readonly missing: readonly { readonly title: string; readonly why: string }[];
}

/** Rows of a table, what is expected in their place, and how strongly each cell differs, `[rows, columns]`: 255 for the most of all. */
export interface RowsAndBack {
  readonly names: readonly string[];
  readonly rows: Cells;
  readonly expected: Cells;
  readonly heat: Uint8Array;
}

/** Images `[count, height, width, channels]` as bytes, and what is expected in their place; of a table none. */
interface ImagesAndBack {
  readonly table?: RowsAndBack;
  readonly images: Uint8Array;
  readonly expected: Uint8Array;
  /** Where each stands in its set, from 0. */
  readonly indices: readonly number[];
  /** The classes' names, where there are classes. */
  readonly classes?: readonly string[];
}

export interface ImagesByError extends ImagesAndBack {
  /** Mean squared error of each. */
  readonly errors: readonly number[];
}

/** What was found by a score, the oddest first. */
export interface FoundOdd {
  /** Which images, and which ordinary ones the threshold is of. */
  readonly of: string;
  readonly clean: string;
  readonly score: AnomalyScore;
  readonly scoreTitle: string;
  readonly fitted: FittedThreshold;
  /** Which of the clean scores the threshold is, from 1. */
  readonly rank: number;
  /** Of ordinary images, the lowest first. */
  readonly cleanScores: Float64Array;
  /** Of the images looked at, the highest first. */
  readonly scores: Float64Array;
  readonly notes: readonly string[];
}

export interface ExplainedOdd extends ImagesAndBack {
  /** `[count, height, width]`: how strongly each pixel differs, 255 for the most among the oddest. None of a table. */
  readonly heat: Uint8Array;
}
