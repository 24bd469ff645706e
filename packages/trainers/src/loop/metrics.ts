/** One epoch: the loss and its terms, unweighted, as means over its training images and (`val...`) the validation images. */
export interface MetricsRow {
  /** 1 for the first. */
  readonly epoch: number;
  /** `sum of weight * term`. */
  readonly loss: number;
  readonly valLoss: number;
  /** The validation loss by the weights, and a capacity, at the end of their schedules, by which epochs are compared; where they change. */
  readonly valTarget?: number;
  /** The same of the averaged weights, of a run that has such. */
  readonly valAveraged?: number;
  /** Mean over the steps of the Euclidean norm of the gradients before they were bounded, where it is measured. */
  readonly gradientNorm?: number;
  readonly reconstruction?: number;
  readonly valReconstruction?: number;
  readonly kl?: number;
  readonly valKl?: number;
  readonly learningRate: number;
  /** Weight of the KL, where there is one. */
  readonly beta?: number;
  readonly seconds: number;
  /** A column a term, `val<Term>` beside it, and `weight<Term>` where that is not always 1. */
  readonly [column: string]: number | undefined;
}

/** Means of the terms by name, and the loss. */
export interface LossMetrics {
  readonly loss: number;
  readonly reconstruction?: number;
  readonly kl?: number;
  readonly [term: string]: number | undefined;
}

/** The column of a term's validation. */
export const validationColumn = (term: string) => `val${term[0]!.toUpperCase()}${term.slice(1)}`;

/** The terms that a row has columns of, in their order. */
export function termColumns(row: Readonly<Record<string, unknown>>): string[] {
  const isTerm = (name: string) => row[name] !== undefined && row[validationColumn(name)] !== undefined;
  return Object.keys(row).filter((name) => name !== 'loss' && isTerm(name));
}
