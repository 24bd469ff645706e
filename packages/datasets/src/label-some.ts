import {
  checkLabelArray,
  type Examples,
  type ImageSet,
  type LabelledPart,
  LatentkitError,
  permutation,
  Stream,
} from '@latentkit/core';
import { above, checkOptions, needed, type OptionRules, seedRule, whole } from '@latentkit/core/options';
import { requireExamples } from './require-set.ts';

export interface LabelSomeOptions {
  /** How many examples keep their labels, each class as many as the others, or one fewer. */
  labels: number;
  /** Which ones; 0 by default. */
  seed?: number;
  /** The part of every batch that is of them, from their part of the set to 1; a twentieth, or their part where that is more, by default. */
  share?: number;
}

const RULES: OptionRules<LabelSomeOptions> = {
  labels: needed(whole(1)),
  seed: seedRule,
  share: above(0),
};

const SHARE = 1 / 20;

/**
 * The set with the labels of some examples to learn from, for a model that is told the classes of few: the same number of each
 * class, drawn by the seed. The labels of the others stay, to judge by; training does not read them.
 *
 * @throws `E_USAGE` for a set without labels; `E_RANGE` for fewer labels than classes or more than examples, or a share that cannot be.
 * @example
 * const { train } = await loadMnist();
 * labelSome(train, { labels: 100, seed: 1 }).labelled.indices; // ten of each digit
 * @see Kingma et al.: "Semi-supervised learning with deep generative models" (2014), section 4.1
 */
export function labelSome(set: ImageSet, options: LabelSomeOptions): ImageSet & { labelled: LabelledPart };
export function labelSome(set: Examples, options: LabelSomeOptions): Examples & { labelled: LabelledPart };
export function labelSome(set: Examples, options: LabelSomeOptions): Examples & { labelled: LabelledPart } {
  requireExamples('labelSome', set);
  checkOptions('labelSome', options, RULES);
  const { labels: wanted, seed = 0, share } = options;
  const { count, labels } = set;
  if (!labels) {
    throw new LatentkitError('E_USAGE', 'labelSome: these images have no labels to keep some of', {
      fix: 'Take a dataset with labels: folders of a name each, or a file of labels',
    });
  }
  checkLabelArray('labelSome', labels, count);
  const byClass = placesByClass(labels);
  if (wanted < byClass.length || wanted > count) {
    throw new LatentkitError(
      'E_RANGE',
      `labelSome: labels must be from ${byClass.length}, one of each class, to ${count}, as there are no more images, got ${wanted}`,
      {
        fix:
          wanted > count
            ? 'Take fewer (dataset.labels of a config), or more images (--limit)'
            : 'Take more (dataset.labels of a config)',
      },
    );
  }
  const indices = Uint32Array.from(evenly(byClass, seed)).subarray(0, wanted).sort();
  const least = wanted / count;
  const part = share ?? Math.max(SHARE, least);
  if (part < least || part > 1) {
    throw new LatentkitError(
      'E_RANGE',
      `labelSome: share must be from ${Math.ceil(1000 * least) / 1000}, as ${wanted} of ${count} images are labelled, to 1, got ${part}`,
      { fix: 'Take a larger share (dataset.labelledShare of a config), fewer labels, or more images' },
    );
  }
  return { ...set, labelled: { indices, share: part } };
}

/** The places of the examples of each class, classes in their order. */
function placesByClass(labels: ArrayLike<number>): { label: number; places: number[] }[] {
  const byClass = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const places = byClass.get(labels[i]!);
    if (places) places.push(i);
    else byClass.set(labels[i]!, [i]);
  }
  return [...byClass].sort(([a], [b]) => a - b).map(([label, places]) => ({ label, places }));
}

/** One of each class, then another of each, and so on, each class in a random order of its own. */
function* evenly(byClass: ReturnType<typeof placesByClass>, seed: number): Generator<number> {
  const orders = byClass.map(({ label, places }) =>
    permutation(places.length, { seed, stream: Stream.labels, index: label }).map((i) => places[i]!),
  );
  const most = Math.max(...orders.map(({ length }) => length));
  for (let round = 0; round < most; round++) {
    for (const order of orders) if (round < order.length) yield order[round]!;
  }
}
