import type { ImageShape } from '@latentkit/core';
import type { ExperimentConfig } from '@latentkit/experiment/config';
import type { SavedRunInfo } from '@latentkit/experiment/store';
import type { EpochEvent } from '@latentkit/trainers';
import type { PickedFile } from '../data/dropped-files.ts';
import type { Fault } from './fault.ts';

/** A run that stopped before its end. */
export interface Unfinished {
  readonly name: string;
  /** Epochs done, and asked for. */
  readonly epochs: number;
  readonly of: number;
  /** When its checkpoint was written, in ms since 1970. */
  readonly savedAt: number;
  readonly config: ExperimentConfig;
}

/** Of runs that were under way: those that can be gone on with, newest first, and those that another tab trains. */
export interface FoundRuns {
  readonly stopped: readonly Unfinished[];
  readonly elsewhere: readonly string[];
}

/** A run's folder as a ZIP. */
export interface ZippedRun {
  readonly zip: Uint8Array<ArrayBuffer>;
}

/** What the report of the run that is shown is made of. */
export interface ReportRequest {
  /** A kept run; absent for one that was opened, whose files are there. */
  readonly run?: ZippedRun & { readonly name: string };
  /** A person's own files, of a run that was made with such. */
  readonly files: readonly PickedFile[];
  /** It is still trained. */
  readonly isWriting: boolean;
}

/** A run that this browser keeps. */
export type StoredRun = SavedRunInfo & {
  /** Whether it can be looked at. */
  readonly hasModel: boolean;
  /** SHA-256 of its weights' file; those of older Latentkits do not say it. */
  readonly fingerprint?: string;
  /** Of one that was made with a person's own files: how many examples it learned from, and of a table how many columns each has. */
  readonly own?: { readonly count: number; readonly columns?: number };
};

export interface StoredRuns {
  readonly runs: readonly StoredRun[];
  /** Why none is kept here. */
  readonly why?: Fault;
}

/** What a model draws by itself: images, so many in a row, or rows of a table. */
export type RunPicture =
  | {
      /** `[count, height, width, channels]` */
      readonly bytes: Uint8Array;
      readonly shape: ImageShape;
      readonly columns: number;
    }
  | { readonly names: readonly string[]; readonly rows: Cells };

/** Files that a person picked, as a run. */
export interface PickedRun {
  readonly name: string;
  readonly files: readonly PickedFile[];
}

/** Where a finished run lies: in files that a person picked, in a folder beside the page, or among those that this browser keeps. */
export type RunSource = PickedRun | { readonly at: string } | { readonly kept: string };

/** A number or a setting of two runs. */
export interface BesideRow {
  readonly title: string;
  readonly cells: readonly string[];
}

/** One of two runs that are laid side by side. */
export interface BesideRun {
  readonly name: string;
  readonly rows: readonly EpochEvent[];
  /** Where the codes of its images lie; absent where the images are not here. */
  readonly map?: Float32Array; // [count, 2]
  readonly labels?: Uint8Array;
  readonly classNames?: readonly string[];
  readonly shape: ImageShape;
  /** As bytes. */
  readonly images: Uint8Array;
  /** Of a run of a table, its rows in the place of images. */
  readonly table?: TableRows;
  /** What one should know of it. */
  readonly notes: readonly string[];
}

/** Two runs side by side. */
export interface SideBySide {
  readonly runs: readonly BesideRun[];
  /** Settings that differ. */
  readonly settings: readonly BesideRow[];
  readonly measures: readonly BesideRow[];
  /** Whether row i is the same image in both. */
  readonly isOfSameImages: boolean;
}

/** Rows of a table, a cell a column. */
export type Cells = readonly (readonly (number | string)[])[];

/** Rows under the names of their columns. */
export interface TableRows {
  readonly columns: readonly string[];
  readonly rows: Cells;
}
