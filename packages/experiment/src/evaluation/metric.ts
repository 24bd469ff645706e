import type { NamedArrays } from '@latentkit/core';
import type { ModelSpec } from '@latentkit/models';
import type { ExperimentConfig } from '../config-schema.ts';

/** A model to be judged: a loaded run is one. */
export interface EvaluatedModel {
  readonly spec: ModelSpec;
  readonly weights: NamedArrays;
  /** How it was trained: its noise and coins are those of its own validation. */
  readonly config?: Pick<ExperimentConfig, 'objective'> & {
    readonly training: Pick<ExperimentConfig['training'], 'seed' | 'binarize' | 'beta'>;
  };
  /** How many images it learned from, which some objectives ask. */
  readonly data?: { readonly train: { readonly count: number } } | undefined;
}

/** A number of a model, and what it means. */
export interface MetricRow {
  /** The key in JSON. */
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher' | 'neither';
  /** How it was measured, as far as others measure it otherwise. */
  readonly convention: string;
  readonly value: number;
  /** Standard error of `value`, where it is a mean over images: their standard deviation over the root of their number. */
  readonly error?: number;
}

/** A metric of single images, not yet averaged. */
export interface ImageMetric extends Omit<MetricRow, 'value' | 'error'> {
  /** `[count]`. */
  readonly of: ArrayLike<number>;
}
