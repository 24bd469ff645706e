import type { Dataset, Examples } from '@latentkit/core';
import { labelSome } from '@latentkit/datasets';
import type { ExperimentConfig } from '../config-schema.ts';

type Labelling = Pick<ExperimentConfig['dataset'], 'labels' | 'labelSeed' | 'labelledShare'>;

/** A dataset of which the labels of some training images are learned from, where a config says so: the last that is done to it. */
export function withLabels<Set extends Examples>(dataset: Dataset<Set>, config: Labelling): Dataset<Set> {
  const { labels, labelSeed: seed, labelledShare: share } = config;
  if (labels === undefined) return dataset;
  const train = labelSome(dataset.train, { labels, ...(seed && { seed }), ...(share && { share }) });
  return { ...dataset, train: train as Examples as Set };
}
