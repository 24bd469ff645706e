import {
  type Batch,
  type Dataset,
  describeShape,
  type Examples,
  type ImageSet,
  type ImageSource,
  type Labels,
  LatentkitError,
} from '@latentkit/core';
import { checkValue } from '@latentkit/core/options';
import { readExamples } from './read-examples.ts';
import { datasetRule, requireExamples } from './require-set.ts';
import { isPromise, takeImages } from './take-images.ts';

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
export function trainOnAll(dataset: Dataset): Dataset;
export function trainOnAll(dataset: Dataset<Examples>): Dataset<Examples>;
export function trainOnAll(dataset: Dataset<Examples>): Dataset<Examples> {
  checkValue('trainOnAll', 'dataset', dataset, datasetRule);
  const { test, ...rest } = dataset;
  const { train, validation } = rest;
  const others = test && test !== validation ? [validation, test] : [validation];
  return { ...rest, train: others.reduce(joinSets, train), learnsFromJudges: true };
}

/** The images of two sets in one, those of the first first; labels and factors where both have them. */
function joinSets(first: Examples, second: Examples): Examples {
  for (const set of [first, second]) requireExamples('trainOnAll', set);
  const [expected, got] = [first.shape, second.shape].map(describeShape);
  if (expected !== got) {
    throw new LatentkitError('E_SHAPE', `trainOnAll: expected images of ${expected}, got ${got}`);
  }
  const { shape, count, labels, factors, labelled } = first;
  return {
    shape,
    count: count + second.count,
    ...('images' in first && 'images' in second
      ? { images: joinArrays(first.images, second.images) }
      : { read: readBoth(first, second) }),
    ...(labels && second.labels && { labels: joinLabels(labels, second.labels) }),
    ...(labelled && { labelled }),
    ...(factors &&
      second.factors && {
        factors: {
          ...factors,
          values: joinArrays(factors.values, second.factors.values) as Float32Array,
        },
      }),
  };
}

/** Reads of two sets those examples that lie in each. */
function readBoth(first: Examples, second: Examples): ImageSource['read'] {
  const areLabelled = first.labels !== undefined && second.labels !== undefined; // they are known without a read
  return (indices) => {
    const asBatch = ({ count, shape, images, labels }: ImageSet): Batch<Uint8Array | Float32Array> => {
      const x = { shape: [count, shape.height, shape.width, shape.channels], data: images };
      return { size: count, indices, x, ...(labels && !areLabelled && { labels }) };
    };
    const ofFirst = indices.filter((index) => index < first.count);
    const ofSecond = indices.filter((index) => index >= first.count).map((index) => index - first.count);
    if (ofFirst.length === 0 || ofSecond.length === 0) {
      const read = ofFirst.length > 0 ? readExamples(first, ofFirst) : readExamples(second, ofSecond);
      return isPromise(read) ? read.then(asBatch) : asBatch(read);
    }
    let [inFirst, inSecond] = [0, ofFirst.length];
    const places = indices.map((index) => (index < first.count ? inFirst++ : inSecond++));
    const merge = (one: ImageSet, other: ImageSet) =>
      asBatch(takeImages(joinSets(one, other) as ImageSet, places));
    const [one, other] = [readExamples(first, ofFirst), readExamples(second, ofSecond)];
    return isPromise(one) || isPromise(other)
      ? Promise.all([one, other]).then(([a, b]) => merge(a, b))
      : merge(one, other);
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
