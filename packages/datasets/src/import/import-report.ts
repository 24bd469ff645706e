/** A file that was left out. */
export interface SkippedFile {
  readonly name: string;
  /** What it is, or what is wrong with it: `text, and no table of numbers`. */
  readonly why: string;
}

/** What became of the files: every one is either kept or skipped, with the reason. */
export interface ImportReport {
  /** What the data were read from. */
  readonly source: 'images' | 'arrays' | 'table';
  /** How many examples there are, all parts together. */
  readonly kept: number;
  readonly skipped: readonly SkippedFile[];
  /** How many examples each class has, where there are classes; the names of their folders, or their numbers. */
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  /** What was guessed or done to the data and could be otherwise, a sentence each. */
  readonly notes: readonly string[];
}

/** How far an import has come. */
export interface ImportProgress {
  /** Files looked at so far, those in archives each. */
  readonly files: number;
  /** Examples or arrays read of them. */
  readonly kept: number;
  readonly skipped: number;
  /** The last one. */
  readonly name: string;
}
