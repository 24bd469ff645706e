import type { ExperimentConfig } from '../config-schema.ts';

/** A named experiment: a config without its dataset, which is always the user's choice. */
export interface Recipe {
  readonly name: string;
  /** One line for a list. */
  readonly title: string;
  /** What a reader should know: what its numbers mean. */
  readonly notes: string;
  /** Where the experiment comes from; absent for our own. */
  readonly source?: string;
  /** Settings that the source leaves out and we chose, a phrase each. */
  readonly chosen?: readonly string[];
  /** What the source measured on MNIST. */
  readonly published?: readonly PublishedFigure[];
  /** What has to be measured of its run on the test images to be held against that: metrics of `evaluate`, by so many samples; of the first so many images, all by default. */
  readonly evaluation?: {
    readonly metrics: readonly string[];
    readonly samples?: number;
    readonly limit?: number;
  };
  /** How the source used its dataset, where that is unusual; of how many images it is, or of how many labels, where that is part of it. */
  readonly dataset?: Pick<
    ExperimentConfig['dataset'],
    'trainOnAll' | 'limit' | 'validation' | 'labels' | 'labelledShare'
  >;
  readonly model: ExperimentConfig['model'];
  readonly training: ExperimentConfig['training'];
  /** What is minimised; what its kind does by default. */
  readonly objective?: ExperimentConfig['objective'];
  /** The pictures of the source's report; those that tell something of every model by default. */
  readonly figures?: ExperimentConfig['figures'];
}

/** A number that a source printed, or one that others are held against. */
export interface PublishedFigure {
  /** A column of a run's rows (`loss`, `kl`); of an evaluation, a row (`nll`); `epochs`, run in all; `bestEpoch`, kept; `rateChange`, an epoch after which the learning rate fell; `stepMilliseconds`, from the fastest to the slowest epoch's. */
  readonly metric: string;
  /** Absent where it is measured to be held beside another recipe's alone. */
  readonly value?: number;
  /** Whether it is a row of an evaluation on the test images, and no column. */
  readonly isEvaluated?: boolean;
  /** After which epoch; the last one by default. */
  readonly epoch?: number;
  /** How far a run may be from its value to have reproduced it. */
  readonly within?: number;
  /** Whether a lower one, however far, is as good. */
  readonly orLower?: boolean;
  readonly source: string;
}

/** A value after each epoch from the first, as reports print them. */
export function publishedByEpoch(
  metric: string,
  values: readonly number[],
  { source, within }: { source: string; within?: number },
): PublishedFigure[] {
  return values.map((value, i) => {
    const isLast = i === values.length - 1;
    return { metric, value, epoch: i + 1, source, ...(isLast && within !== undefined && { within }) };
  });
}
