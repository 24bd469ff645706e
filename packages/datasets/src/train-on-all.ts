import { type Dataset, describeShape, type ImageSet, type Labels, LatentkitError } from '@latentkit/core';
import { checkValue } from '@latentkit/core/options';
import { datasetRule, requireSet } from './require-set.ts';

/**
 * Learns from every image, those to judge by and to test on among them, as some publications do. What is measured then says
 * nothing of images that the model has not seen: `learnsFromJudges` tells that to whoever reports it.
 *
 * The images to judge by stay what they were, and there is no test set any more.
 *
 * @throws `E_SHAPE` for sets of images of two shapes; `E_USAGE` where one has bytes and another floats.
 * @example
 * const { train } = trainOnAll(await loadMnist()); // 70,000 images
 */
export function trainOnAll(dataset: Dataset): Dataset {
  checkValue('trainOnAll', 'dataset', dataset, datasetRule);
  const { test, ...rest } = dataset;
  const { train, validation } = rest;
  const others = test && test !== validation ? [validation, test] : [validation];
  return { ...rest, train: others.reduce(joinSets, train), learnsFromJudges: true };
}

/** The images of two sets in one, those of the first first; labels and factors where both have them. */
function joinSets(first: ImageSet, second: ImageSet): ImageSet {
  for (const set of [first, second]) requireSet('trainOnAll', set);
  const [expected, got] = [first.shape, second.shape].map(describeShape);
  if (expected !== got) {
    throw new LatentkitError('E_SHAPE', `trainOnAll: expected images of ${expected}, got ${got}`);
  }
  const { shape, count, images, labels, factors } = first;
  return {
    shape,
    count: count + second.count,
    images: joinArrays(images, second.images),
    ...(labels && second.labels && { labels: joinLabels(labels, second.labels) }),
    ...(factors &&
      second.factors && {
        factors: {
          ...factors,
          values: joinArrays(factors.values, second.factors.values) as Float32Array,
        },
      }),
  };
}

function joinArrays(first: ImageSet['images'], second: ImageSet['images']): Uint8Array | Float32Array {
  const length = first.length + second.length;
  const isBytes = first instanceof Uint8Array;
  if (isBytes !== second instanceof Uint8Array) {
    throw new LatentkitError(
      'E_USAGE',
      'trainOnAll: expected sets of one kind, got one of bytes and one of floats',
      {
        fix: 'Divide the bytes by 255: Float32Array.from(bytes, (byte) => byte / 255)',
      },
    );
  }
  const joined = isBytes ? new Uint8Array(length) : new Float32Array(length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

function joinLabels(first: Labels, second: Labels): Labels {
  const joined = new Uint32Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
