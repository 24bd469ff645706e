import { type Dataset, type ImageSet, LatentkitError } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import type { Codes, LabelOptions } from './model-calls.ts';

/** What gives codes of images: a `TrainedModel`, or one on an accelerator. */
export interface Encoder {
  readonly spec: { readonly condition?: { readonly classes: number } | undefined };
  encode(images: Uint8Array | Float32Array, options?: LabelOptions): Codes | Promise<Codes>;
}

const encoderRule = having(
  'a trained model',
  { spec: 'object', encode: 'function' },
  'createTrainedModel makes one of weights',
);
const datasetRule = having('a dataset, { train, validation }', { train: 'object', validation: 'object' });

/**
 * A dataset of the codes of another one's images: rows `[1, latent, 1]` of their means, labels with them. Another model that learns
 * from it stands on the first: a stacked model, M1 and M2 say. Its likelihood must read any numbers (`gaussian`, `output: 'linear'`).
 *
 * A conditional model encodes by the labels of the images.
 *
 * @throws `E_USAGE` for a source, whose images are not in memory, and as the model's `encode`.
 * @example
 * const codes = await encodeDataset(m1, dataset);
 * const m2 = createModel({ kind: 'semiSupervised', image: codes.train.shape, ... });
 * @see Kingma et al.: "Semi-supervised learning with deep generative models" (2014), section 2, M1+M2
 */
export async function encodeDataset(trained: Encoder, dataset: Dataset): Promise<Dataset> {
  checkValue('encodeDataset', 'trained', trained, encoderRule);
  checkValue('encodeDataset', 'dataset', dataset, datasetRule);
  const { train, validation, test, columns: _, ...rest } = dataset;
  const judges = await encodeSet(trained, validation);
  return {
    ...rest,
    train: await encodeSet(trained, train),
    validation: judges,
    ...(test && { test: test === validation ? judges : await encodeSet(trained, test) }), // one set stays one
  };
}

async function encodeSet(trained: Encoder, set: ImageSet): Promise<ImageSet> {
  const { images, count, labels } = set;
  if (!images) {
    throw new LatentkitError('E_USAGE', 'encodeDataset: these images are not in memory', {
      fix: 'readExamples of @latentkit/datasets reads them',
    });
  }
  const label = trained.spec.condition && labels && { label: labels };
  const { mean } = await trained.encode(images, label);
  return { ...set, shape: { height: 1, width: mean.length / count, channels: 1 }, images: mean };
}
