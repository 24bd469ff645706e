import type { NamedArrays, Schedule } from '@latentkit/core';
import { having, type OptionRule } from '@latentkit/core/options';
import type { ModelSpec } from '@latentkit/models';
import type { ObjectiveSpec } from '@latentkit/objectives';

/** A model to be judged: a loaded run is one. */
export interface EvaluatedModel {
  readonly spec: ModelSpec;
  readonly weights: NamedArrays;
  /** How it was trained: its noise and coins are those of its own validation. */
  readonly config?: {
    readonly objective?: ObjectiveSpec;
    readonly training: {
      readonly seed: number;
      readonly binarize?: 'none' | 'fixed' | 'dynamic';
      readonly beta?: Schedule;
    };
  };
  /** How many images it learned from, which some objectives ask. */
  readonly data?: { readonly train: { readonly count: number } } | undefined;
}

export const evaluatedModelRule = having(
  'a model with its weights',
  { spec: 'object', weights: 'object' },
  'loadRun gives one',
);

/** Validation's binarization: coins are drawn once and for all. */
export function binarizationOf({ config }: Pick<EvaluatedModel, 'config'>): 'none' | 'fixed' {
  return (config?.training.binarize ?? 'none') === 'none' ? 'none' : 'fixed';
}

const inMemory = having('a set of images in memory', {
  ...{ shape: 'object', images: 'object', count: 'number' },
});
/** Images to be judged by, in memory or not. */
export const setRule: OptionRule = {
  ...inMemory,
  fits: (value) => typeof (Object(value) as { read?: unknown }).read === 'function' || inMemory.fits(value),
};
