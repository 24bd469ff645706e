import type { UpdateRule } from '@latentkit/core';
import type { Operation } from '../operations/operation.ts';

/** Stages that a program may have: each has a counter in the threads' control block. */
export const MOST_STAGES = 2046;

/** Where numbers lie. In bytes. */
export interface Location {
  /** In memory; or in the arena of the thread that computes. */
  readonly area: 'memory' | 'arena';
  readonly offset: number;
  /** Distance from a row of the batch to the next; 0 where all rows share the numbers, or the arena holds one tile. */
  readonly rowBytes: number;
}

/** An operation, and where its numbers lie. */
export interface BoundOperation {
  readonly operation: Operation;
  readonly inputs: readonly Location[];
  readonly output: Location;
}

/** Operations on rows: any thread takes the next few rows through all of them, while they are in its cache. */
export interface RowStage {
  readonly type: 'rows';
  readonly rowsPerTile: number;
  /** For a full tile, and for the last one where it is smaller. */
  readonly full: readonly BoundOperation[];
  readonly last: readonly BoundOperation[];
}

/** Tasks that do not depend on each other: any thread takes the next one. */
export interface TaskStage {
  readonly type: 'tasks';
  readonly tasks: readonly (readonly BoundOperation[])[];
}

/** A part of a parameter, its gradient and its slots: pointers. */
export interface UpdateSlice {
  readonly count: number;
  readonly parameter: number;
  readonly gradient: number;
  readonly slots: readonly number[];
}

/** Numbers that take the place of others: pointers. */
export interface CopySlice {
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

/** Moves parameters and puts new state in place, unless a guarded number is not finite. */
export interface UpdateStage {
  readonly type: 'update';
  readonly rule: UpdateRule['name'];
  readonly slices: readonly UpdateSlice[];
  readonly copies: readonly CopySlice[];
  /** Pointers to the numbers to look at first. */
  readonly guards: readonly number[];
}

export type Stage = RowStage | TaskStage | UpdateStage;

/**
 * A recorded computation made ready: stages, one after the other, with all threads waiting for each other in between.
 * Plain data, to be posted to workers. Which thread does what changes no bit: see docs/decisions.
 */
export interface Program {
  readonly batch: number;
  readonly stages: readonly Stage[];
  /** Bytes that each thread needs for itself. */
  readonly arenaBytes: number;
}
