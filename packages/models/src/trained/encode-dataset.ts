import {
  type Dataset,
  type ImageSet,
  type Labels,
  LatentkitError,
  normalRows,
  portableExp,
  Stream,
} from '@latentkit/core';
import { checkOptions, checkValue, having, type OptionRules, seedRule, whole } from '@latentkit/core/options';
import type { Codes, LabelOptions } from './call.ts';

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

export interface EncodeDatasetOptions {
  /**
   * So many draws of each training image's code in the place of its mean, all first ones first: whoever learns from them sees how far a
   * code may be off. 0, the mean, by default.
   */
  samples?: number;
  /** Of the draws; 0 by default. */
  seed?: number;
}

const RULES: OptionRules<EncodeDatasetOptions> = { samples: whole(0), seed: seedRule };

/**
 * A dataset of the codes of another one's images: rows `[1, latent, 1]` of their means, labels with them. Another model that learns
 * from it stands on the first: a stacked model, M1 and M2 say. Its likelihood must read any numbers (`gaussian`, `output: 'linear'`), and
 * where codes are samples has a sigma for each of them (`sigma: 'perPixel'`): some say little but noise.
 *
 * A conditional model encodes by the labels of the images. Images to judge by are means, whatever those to learn from are.
 *
 * @throws `E_USAGE` for a source, whose images are not in memory, for samples of codes that are points, and as the model's `encode`.
 * @example
 * const codes = await encodeDataset(m1, dataset);
 * const m2 = createModel({ kind: 'semiSupervised', image: codes.train.shape, ... });
 * @see Kingma et al.: "Semi-supervised learning with deep generative models" (2014), section 2, M1+M2
 */
export async function encodeDataset(
  trained: Encoder,
  dataset: Dataset,
  options: EncodeDatasetOptions = {},
): Promise<Dataset> {
  checkValue('encodeDataset', 'trained', trained, encoderRule);
  checkValue('encodeDataset', 'dataset', dataset, datasetRule);
  checkOptions('encodeDataset', options, RULES);
  const { train, validation, test, columns: _, ...rest } = dataset;
  const judges = await encodeSet(trained, validation);
  return {
    ...rest,
    train: await encodeSet(trained, train, options),
    validation: judges,
    ...(test && { test: test === validation ? judges : await encodeSet(trained, test) }), // one set stays one
  };
}

async function encodeSet(
  trained: Encoder,
  set: ImageSet,
  { samples = 0, seed = 0 }: EncodeDatasetOptions = {},
): Promise<ImageSet> {
  const { images, count, labels } = set;
  if (!images) {
    throw new LatentkitError('E_USAGE', 'encodeDataset: these images are not in memory', {
      fix: 'readExamples of @latentkit/datasets reads them',
    });
  }
  const label = trained.spec.condition && labels && { label: labels };
  const { mean, logVar } = await trained.encode(images, label);
  const latentDim = mean.length / count;
  const shape = { height: 1, width: latentDim, channels: 1 };
  if (samples === 0) return { ...set, shape, images: mean };
  if (!logVar) {
    throw new LatentkitError(
      'E_USAGE',
      'encodeDataset: these codes are points, of which there is one an image',
      {
        fix: 'Leave samples out',
      },
    );
  }
  const drawn = new Float32Array(samples * mean.length);
  for (let sample = 0; sample < samples; sample++) {
    const own = drawn.subarray(sample * mean.length, (sample + 1) * mean.length);
    // Step 0 is of codes that the prior gives.
    own.set(normalRows(count, latentDim, { seed, stream: Stream.sample, step: sample + 1 }));
    for (let i = 0; i < own.length; i++) own[i] = mean[i]! + portableExp(logVar[i]! / 2) * own[i]!;
  }
  const { labelled, factors: _, ...bare } = set;
  return {
    ...bare,
    ...{ shape, count: count * samples, images: drawn },
    ...(labels && { labels: repeated(labels, samples) }),
    ...(labelled && { labelled: { ...labelled, indices: repeated(labelled.indices, samples, count) } }),
  };
}

/** An array several times over, each time by `step` more. */
function repeated<Numbers extends Labels>(numbers: Numbers, times: number, step = 0): Numbers {
  const { length } = numbers;
  const all = new (numbers.constructor as new (size: number) => Numbers)(length * times);
  for (let i = 0; i < all.length; i++) all[i] = numbers[i % length]! + step * Math.floor(i / length);
  return all;
}
