import type { Points, ProjectionProgress, Quality } from '@latentkit/projections';

/** Rows of numbers, and what is known of them. */
export interface Vectors {
  readonly points: Points;
  readonly labels?: Int32Array;
  readonly classNames?: readonly string[];
  /** What tells a row from others: a few columns as they are in the file, one of words before those of numbers. */
  readonly first: readonly FirstColumn[];
  readonly notes: readonly string[];
}

export interface FirstColumn {
  readonly name: string;
  /** Words are lines of one text: hundreds of thousands of them come to the page in one go. */
  readonly values: Float32Array | string;
}

/** How far to trust a map. */
export interface JudgedMap {
  readonly quality: Quality;
  /** Of each point, the share of its nearest neighbours that are so on the map. */
  readonly kept: Float32Array;
  /** Of the neighbours on an earlier map, the share that are so on this one. */
  readonly asBefore?: number;
}

/** A map, `[count, 2]`, and what was changed to fit the data. */
export interface FinishedMap {
  readonly map: Float32Array;
  readonly warnings: readonly string[];
}

/** What a worker that makes a map can be asked. */
export type ProjectCalls = {
  project(input: {
    readonly method: 'pca' | 'tsne' | 'umap';
    readonly points: Points;
    readonly options: Readonly<Record<string, number>>;
    /** Whether each of the first maps is shown by itself. */
    readonly isSlow?: boolean;
    /** A map of the same points, `[count, 2]`, that this one is turned to lie on. */
    readonly before?: Float32Array;
  }): Promise<FinishedMap>;
};

/** The map as it settles, and how far it is. */
export type ProjectEvent =
  | { readonly type: 'map'; readonly map: Float32Array }
  | { readonly type: 'progress'; readonly progress: ProjectionProgress };
