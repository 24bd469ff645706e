import type { Dataset } from '@latentkit/core';
import { checkOptions, type OptionRules, seedRule, whole } from '@latentkit/core/options';
import { type DigitSet, generateDigits } from './generate-digits.ts';

/** The index of the first validation image: it stays as it is when there are more to learn from. */
export const FIRST_VALIDATION_DIGIT = 2_000_000_000;

export interface DigitsDatasetOptions {
  /** Training images, at most 2,000,000,000; 10,000 by default. */
  train?: number;
  /** Validation images; 2,000 by default. */
  validation?: number;
  /** A whole number from 0 to 2^53 - 1; 0 by default. */
  seed?: number;
}

const RULES: OptionRules<DigitsDatasetOptions> = { train: whole(0), validation: whole(0), seed: seedRule };

/** The drawn digits as a dataset, with the factors of each image. */
export interface DigitsDataset extends Dataset {
  readonly train: DigitSet;
  readonly validation: DigitSet;
}

/**
 * The drawn digits, split: training images have the indices from 0 on, validation images those from 2,000,000,000 on.
 *
 * @throws `E_RANGE` as {@link generateDigits}.
 * @example
 * const { train, validation } = digitsDataset({ train: 5000, validation: 500, seed: 1 });
 * train.count; // 5000
 */
export function digitsDataset(options: DigitsDatasetOptions = {}): DigitsDataset {
  checkOptions('digitsDataset', options, RULES);
  const { train = 10_000, validation = 2_000, seed = 0 } = options;
  return {
    name: 'digits',
    train: generateDigits({ count: train, seed }),
    validation: generateDigits({ count: validation, seed, firstIndex: FIRST_VALIDATION_DIGIT }),
    classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  };
}
