import {
  checkOptions,
  checkValue,
  having,
  type OptionRules,
  objectRule,
  textRule,
} from '@latentkit/core/options';

/** How many images there were of which kind, as an event tells it. */
export interface DataCounts {
  readonly trainImages: number;
  readonly validationImages: number;
  readonly testImages?: number;
  /** The validation images are the test images. */
  readonly choosesByTest?: boolean;
  /** The validation images are learned from, too. */
  readonly learnsFromJudges?: boolean;
}

export interface DescribeDataOptions {
  /** What the examples are: `images` by default, or `rows` of a table. */
  things?: string;
}

const RULES: OptionRules<DescribeDataOptions> = { things: textRule };

const countsRule = having('counts of images', { trainImages: 'number', validationImages: 'number' });

/**
 * What images a run had, or rows of a table, and what they are for: "test" only what results are reported on, "validation" only
 * what chooses the epoch.
 *
 * @example
 * describeData({ trainImages: 55000, validationImages: 5000, testImages: 10000 }); // '55,000 training, 5,000 validation and 10,000 test images'
 */
export function describeData(counts: DataCounts, options: DescribeDataOptions = {}): string {
  checkOptions('describeData', options, RULES);
  checkValue('describeData', 'counts', counts, countsRule);
  const { things = 'images' } = options;
  const { trainImages, validationImages, testImages, choosesByTest, learnsFromJudges } = counts;
  const parts = [
    [trainImages, 'training'],
    ...(choosesByTest
      ? []
      : [[validationImages, `validation${learnsFromJudges ? ' (learned from, too)' : ''}`]]),
    ...(testImages === undefined ? [] : [[testImages, 'test']]),
  ].map(([count, what]) => `${count!.toLocaleString('en-US')} ${what}`);
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)} ${things}`;
}

/** Whose loss a row's `val` columns are. */
export function judgesOf(counts: Pick<DataCounts, 'choosesByTest'>): 'test' | 'validation' {
  checkValue('judgesOf', 'counts', counts, objectRule);
  return counts.choosesByTest ? 'test' : 'validation';
}
