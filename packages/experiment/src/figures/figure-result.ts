/** The figures of a run, in the order a reader wants them; their files are called so too. */
export const FIGURE_NAMES = [
  'loss-curves',
  'reconstructions',
  'samples',
  'latent-grid',
  'latent-scatter',
] as const;

/** A figure of a run, or why there is none. */
export type FigureResult = {
  /** File name without its ending. */
  readonly name: (typeof FIGURE_NAMES)[number];
  readonly title: string;
} & (
  | {
      readonly svg: string;
      /** What the reader sees, one or two sentences. */
      readonly caption: string;
    }
  | {
      /** Why there is none, a sentence. */
      readonly missing: string;
    }
);
