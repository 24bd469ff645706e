import type { NodeThreads } from '@latentkit/core';
import type { Points } from './points.ts';
import type { Projection, SavedProjection } from './projection.ts';

/** How the worker of a method starts, on either platform, in the words that bundlers look for. */
export interface WorkerProgram {
  inNode(threads: NodeThreads): InstanceType<NodeThreads['Worker']>;
  inPage(): Worker;
}

/**
 * A way to make maps, as a row: what it is called, and how its projections come about. Latentkit's own are known by their
 * names; others, such as `umapJs` of `@latentkit/projections/umap-js`, are handed over as rows.
 */
export interface MethodRow<Options = never, Made extends Projection = Projection> {
  /** As in files and on command lines: `'umap-js'`. */
  readonly name: string;
  /** For people: `'UMAP (umap-js)'`. */
  readonly title: string;
  create(points: Points, options?: Options): Promise<Made>;
  load(saved: SavedProjection): Promise<Made>;
  /** Whether its steps block their thread for seconds, so that `startProjection` takes a worker. */
  readonly blocks?: boolean;
  /** The program of a worker that serves it; undefined for Latentkit's own methods, which share one. */
  readonly worker?: WorkerProgram;
}
