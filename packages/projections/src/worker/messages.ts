import type { CarriedError } from '@latentkit/core';
import type { Points } from '../points.ts';
import type { ProjectionProgress } from '../projection.ts';

/** What a worker is asked; the first is `create`. Each but `stop` is answered by `done` or `failed` of its number. */
export type Request =
  | {
      readonly type: 'create';
      readonly method: string;
      readonly points: Points;
      readonly options: unknown;
    }
  | {
      readonly type: 'run';
      /** Where maps are wanted as they come. */
      readonly mapSeconds?: number;
    }
  | { readonly type: 'transform'; readonly points: Points }
  | { readonly type: 'save' };

export type ToWorker = { readonly type: 'stop' } | { readonly id: number; readonly request: Request };

/** What is known of a projection from outside. */
export interface Snapshot {
  readonly count: number;
  readonly components: number;
  readonly progress: ProjectionProgress;
  readonly warnings: readonly string[];
  /** Left out where it is as it was. */
  readonly embedding?: Float32Array;
}

/** What a worker answers. */
export type FromWorker =
  | { readonly type: 'progress'; readonly snapshot: Snapshot }
  | { readonly type: 'map'; readonly embedding: Float32Array; readonly progress: ProjectionProgress }
  | { readonly type: 'done'; readonly id: number; readonly snapshot: Snapshot; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly error: CarriedError };
