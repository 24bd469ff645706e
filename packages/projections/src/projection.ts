import type { NdArray } from '@latentkit/core';
import { atLeast, functionRule, type OptionRules, signalRule } from '@latentkit/core/options';
import type { Points } from './points.ts';

/** How far a projection has come. */
export interface ProjectionProgress {
  /** What is being done: `'neighbors'`, `'initialize'`, `'optimize'`, and `'done'` at the end. */
  readonly stage: 'neighbors' | 'initialize' | 'optimize' | 'done';
  /** Iterations, or epochs, that are over. */
  readonly step: number;
  /** Iterations, or epochs, in all, as far as is known. */
  readonly steps: number;
  /** Share of all work that is done, 0 to 1; never goes back. */
  readonly fraction: number;
  /** The objective, where it is known: for t-SNE the KL divergence, as of the latest iteration that computed it. */
  readonly objective?: number;
}

export interface RunOptions {
  /** Stops after the step under way; the projection can be run on. */
  signal?: AbortSignal;
  /** Hears of progress about every 50 ms. */
  onProgress?: (progress: ProjectionProgress) => void;
  /**
   * Hears of new maps, `[count, components]`, and of the finished one in any case. An array is the listener's own: from a worker it
   * is moved, not copied.
   */
  onMap?: (embedding: Float32Array, progress: ProjectionProgress) => void;
  /** Between two maps that `onMap` hears of, at least: 0.1 by default; 0 for one after each step. */
  mapSeconds?: number;
}

export const RUN_RULES: OptionRules<RunOptions> = {
  signal: signalRule,
  onProgress: functionRule,
  onMap: functionRule,
  mapSeconds: atLeast(0),
};

/** A finished projection as JSON and typed arrays: `loadProjection` makes an equal one of it. */
export interface SavedProjection {
  readonly method: string;
  readonly version: 1;
  /** Of JSON. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, NdArray<Float32Array | Float64Array | Int32Array | Uint32Array>>>;
}

/** What an algorithm brings: steps of bounded length, and what is known after each. */
export interface ProjectionAlgorithm {
  /** `'pca'`, `'tsne'`, `'umap'`, `'tsne-js'`, `'umap-js'`. */
  readonly method: string;
  /** Number of points. */
  readonly count: number;
  /** Dimensions of the map. */
  readonly components: number;
  readonly progress: ProjectionProgress;
  /** `[count, components]`, a copy; finite numbers from the start on. */
  readonly embedding: Float32Array;
  /** What was changed to fit the data: a lowered perplexity, a subsample. */
  readonly warnings: readonly string[];
  /** Does a bounded piece of work, an iteration as a rule. Nothing once `progress.stage` is `'done'`. */
  step(): void;
  /**
   * Places new points on the finished map, each for itself.
   *
   * @returns `[points.count, components]`.
   * @throws `E_USAGE` before the end; `E_SHAPE` for points of other dimensions; `E_NOT_FINITE`.
   */
  transform(points: Points): Float32Array;
  /** Throws `E_USAGE` before the end. */
  save(): SavedProjection;
}

/** A map of points under way, or finished. */
export interface Projection extends ProjectionAlgorithm {
  /**
   * Steps to the end, giving way to the event loop in between, and gives the embedding.
   *
   * Rejects with the signal's reason when it is aborted.
   */
  run(options?: RunOptions): Promise<Float32Array>;
}

/** A projection with steps so long that it tells of its progress in the middle of them. */
export interface ObservedProjection extends Projection {
  observe(listen: (progress: ProjectionProgress) => void): void;
}
