import type { Examples, Factors } from '@latentkit/core';
import { isVariational, type Model } from '@latentkit/models';
import type { Need } from './subject.ts';

interface Present {
  readonly model: Model;
  readonly set: Examples;
  readonly labels?: ArrayLike<number>;
  readonly factors?: Factors;
  readonly binarize: 'none' | 'fixed';
  readonly hasTraining: boolean;
  readonly hasOutliers: boolean;
}

/** Why something cannot be measured, in a sentence; nothing where it can. */
export function lackOf(need: Need, present: Present): string | undefined {
  return LACKS[need](present);
}

const LACKS: Readonly<Record<Need, (present: Present) => string | undefined>> = {
  labels: ({ labels }) =>
    labels && Array.from(labels).some((label) => label >= 0) ? undefined : 'the images have no classes',
  factors: ({ factors }) =>
    factors && factors.names.length > 1
      ? undefined
      : 'it is not known what factors the images were made from',
  gaussianCode: ({ model }) =>
    isVariational(model.spec)
      ? undefined
      : 'a code is a point and no normal distribution: train a model of the kind vae',
  oneLevel: ({ model }) =>
    model.prior?.upper ? 'codes have two levels: train a model of the kind vae' : undefined,
  standardPrior: ({ model: { prior } }) => {
    if (prior?.upper) return 'the prior of z is another for each upper code, z2';
    return prior && prior.type !== 'standardNormal'
      ? `a KL to a prior of type '${prior.type}' does not fall apart by dimension`
      : undefined;
  },
  prior: ({ model }) =>
    model.prior ? undefined : 'the model has no prior to draw from: train a model of the kind vae',
  density: ({ model: { spec, likelihood } }) => {
    if (!isVariational(spec))
      return 'codes are points, which give no image a probability: train a model of the kind vae';
    if (likelihood.density !== 'none') return undefined;
    const scored = spec.likelihood;
    const which = scored.type === 'gaussian' ? `${scored.type}, sigma ${scored.sigma}` : scored.type;
    return `the likelihood '${which}' is no density: train with 'bernoulli', or 'gaussian' with a sigma that is a number, 'learned' or 'perPixel'`;
  },
  mass: (present) => {
    const { likelihood } = present.model;
    const lack = LACKS.density(present);
    if (lack) return lack;
    if (likelihood.density !== 'mass') {
      return `bits count probabilities, and the likelihood '${likelihood.spec.type}' gives densities`;
    }
    if (likelihood.spec.type !== 'bernoulli' || present.binarize === 'fixed' || isBlackOrWhite(present.set)) {
      return undefined;
    }
    return 'a Bernoulli likelihood gives grey pixels no probability: train with binarize dynamic';
  },
  images: ({ model }) =>
    model.likelihood.spec.type === 'columns' ? 'the examples are rows of a table, and no images' : undefined,
  window: ({ set: { shape } }) =>
    Math.min(shape.height, shape.width) >= 7
      ? undefined
      : 'the images are smaller than a window of 7 x 7 pixels',
  oneHead: ({ model: { likelihood } }) =>
    likelihood.heads.length === 1 && likelihood.spec.type !== 'columns'
      ? undefined
      : `the likelihood '${likelihood.spec.type}' is not one of a mean alone, which a background could be made of`,
  unconditional: ({ model }) =>
    model.spec.condition ? 'between images of two classes there is none to tell the model' : undefined,
  training: ({ hasTraining }) => (hasTraining ? undefined : 'there are no training images to learn from'),
  outliers: ({ model, hasOutliers }) => {
    if (!hasOutliers)
      return 'there are no foreign images to tell from these (--outliers DATA, in a program outliers)';
    return (
      model.spec.condition &&
      'a conditional model has to be told a class, and foreign images have none of its own'
    );
  },
  several: ({ set: { count } }) =>
    count > 1 ? undefined : 'a single image can be held against no other: it takes two at least',
  gray28: ({ set: { shape } }) =>
    shape.height === 28 && shape.width === 28 && shape.channels === 1
      ? undefined
      : 'its classifier looks at grey images of 28 x 28',
};

function isBlackOrWhite(set: Examples): boolean {
  if (!('images' in set)) return false;
  const white = set.images instanceof Float32Array ? 1 : 255;
  return set.images.every((value) => value === 0 || value === white);
}
