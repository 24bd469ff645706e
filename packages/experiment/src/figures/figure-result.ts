/** A figure of a run, or why there is none. */
export type FigureResult = {
  /** File name without its ending. */
  readonly name: string;
  readonly title: string;
  /** What the reader sees, one or two sentences. */
  readonly caption: string;
} & ({ readonly svg: string } | { readonly missing: string });
