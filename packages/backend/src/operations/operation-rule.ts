import type { NnKernels } from '@latentkit/kernels/nn';
import type { Operation } from './operation.ts';

/** How an operation is done for some of the batch's rows. */
export interface RowCut {
  /** For each input, whether it has rows of its own, or is the same for all. */
  readonly advances: readonly boolean[];
  /** The operation on this many rows. */
  take(rows: number): Operation;
}

/** A part of an operation's output, to be computed on its own; offsets in numbers. */
export interface Piece {
  readonly operation: Operation;
  readonly inputs: readonly number[];
  readonly output: number;
}

/** What there is to know of a kind of operation: how to do it, and how it may be shared out without changing a bit. */
export interface OperationRule<Kind extends Operation> {
  /** Computes into memory; pointers of inputs in their order. */
  run(nn: NnKernels, operation: Kind, inputs: readonly number[], output: number): void;
  /** How to cut it by rows, where each row of the output depends on the same row of the inputs `carries` marks. */
  alongBatch(operation: Kind, batch: number, carries: readonly boolean[]): RowCut | undefined;
  /** Cuts its output in about `count` parts. */
  pieces(operation: Kind, count: number): Piece[];
  /** About how many floating-point operations it takes. */
  cost(operation: Kind): number;
}
