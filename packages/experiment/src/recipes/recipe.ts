import type { ExperimentConfig } from '../config-schema.ts';

/** A named experiment: a config without its dataset, which is always the user's choice. */
export interface Recipe {
  readonly name: string;
  /** One line for a list. */
  readonly title: string;
  /** What a reader should know: where it comes from, what its numbers mean. */
  readonly notes: string;
  readonly model: ExperimentConfig['model'];
  readonly training: ExperimentConfig['training'];
}
