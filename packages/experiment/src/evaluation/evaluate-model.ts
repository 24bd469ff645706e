import {
  type Accelerator,
  type Examples,
  type ImageSource,
  LatentkitError,
  nextTurn,
  pixelCount,
  pixelsToFloats,
} from '@latentkit/core';
import {
  acceleratorRule,
  anything,
  checkOptions,
  checkValue,
  functionRule,
  having,
  listRule,
  type OptionRule,
  type OptionRules,
  seedRule,
  signalRule,
} from '@latentkit/core/options';
import { scoreUnit } from '@latentkit/losses';
import { createModel, createTrainedModel, type ModelSpec, openTrainedModel } from '@latentkit/models';
import type { Tensor } from '@tensorflow/tfjs-core';
import { imagesBetween } from '../data/images-at-once.ts';
import { wordingFor } from '../report/wording.ts';
import type { EvaluatedModel, ImageMetric, MetricRow } from './metric.ts';
import { scoreImages } from './score-images.ts';
import { trainedLoss } from './trained-loss.ts';

/** The same of the images of a class. */
export interface ClassMetrics {
  /** -1 of those that have no class. */
  readonly label: number;
  readonly name?: string;
  readonly images: number;
  /** By the metrics' names, of those that single images have. */
  readonly values: Readonly<Record<string, number>>;
}

export interface ModelEvaluation {
  readonly images: number;
  /** Latent samples an image. */
  readonly samples: number;
  readonly seed: number;
  /** The first is the loss. */
  readonly metrics: readonly MetricRow[];
  /** Where there are labels; means weighed by `images` are the metrics' values. */
  readonly classes?: readonly ClassMetrics[];
}

export interface EvaluateModelOptions {
  /** Latent samples an image; 1 by default. */
  samples?: number;
  /** Of noise and coins; that of the training by default. */
  seed?: number;
  /** Of each image, -1 for none; those of the set by default. */
  labels?: ArrayLike<number>;
  classNames?: readonly string[];
  /** Computes faster, with the same bits. */
  accelerator?: Accelerator<Tensor>;
  /** Hears how much is done, from 0 to 1. */
  onProgress?: (fraction: number) => void;
  /** Stops between images. */
  signal?: AbortSignal;
}

const RULES: OptionRules<EvaluateModelOptions> = {
  samples: anything, // scoreImages looks at it
  seed: seedRule,
  labels: listRule,
  classNames: listRule,
  accelerator: acceleratorRule,
  onProgress: functionRule,
  signal: signalRule,
};

const modelRule = having(
  'a model with its weights',
  { spec: 'object', weights: 'object' },
  'loadRun gives one',
);
const inMemory = having('a set of images in memory', {
  ...{ shape: 'object', images: 'object', count: 'number' },
});
const setRule: OptionRule = {
  ...inMemory,
  fits: (value) => typeof (Object(value) as ImageSource).read === 'function' || inMemory.fits(value),
};

const IMAGES_AT_ONCE = 500; // results do not depend on it

/**
 * What a model makes of images that it did not learn from: the negative ELBO in its parts and the squared error of the
 * reconstructions, means over the images with their standard errors, and the same by class.
 *
 * `negativeElbo = reconstruction + kl`, with `samples` latents an image; `mse` is `mean((x - x')^2)` over pixels, where `x'` is
 * decoded from the mean code, and `squaredError` its sum over an image's pixels. Where the model was trained by another loss, that
 * and its terms come as well (`loss`, ...). On tfjs's current backend, or an accelerator.
 *
 * @throws `E_SHAPE` for images of another shape, or another number of labels; `E_RANGE` for no whole number of samples;
 * `E_USAGE`, `E_RANGE` for classes that a conditional model needs and does not get; the signal's reason.
 * @example
 * const run = await loadRun('runs/first');
 * const { set } = await loadRunImages(run, 'runs/first');
 * const { metrics, classes } = await evaluateModel(run, set);
 */
export async function evaluateModel(
  model: EvaluatedModel,
  set: Examples,
  options: EvaluateModelOptions = {},
): Promise<ModelEvaluation> {
  checkValue('evaluateModel', 'model', model, modelRule);
  checkValue('evaluateModel', 'set', set, setRule);
  checkOptions('evaluateModel', options, RULES);
  const { spec, weights, config: { training } = { training: { seed: 0 } } } = model;
  const { samples = 1, seed = training.seed, labels = set.labels, classNames } = options;
  const { accelerator, onProgress, signal } = options;
  if (labels && labels.length !== set.count) {
    throw new LatentkitError(
      'E_SHAPE',
      `evaluateModel: expected a label for each of ${set.count} images, got ${labels.length}`,
    );
  }
  const label = spec.condition && { label: labels };
  // Of what an image costs: an encoding and as many decodings as there are samples, and one of each.
  const whole = set.count * (samples + 3);
  const binarize = (training.binarize ?? 'none') === 'none' ? 'none' : 'fixed'; // as validation
  const scores = await scoreImages(spec, weights, set, {
    ...{ samples, seed, accelerator, signal, binarize, ...label },
    onProgress: (images) => onProgress?.((images * (samples + 1)) / whole),
  });
  const squaredError = await squaredErrors(model, set, {
    ...{ accelerator, signal, ...label },
    onProgress: (images) => onProgress?.((set.count * (samples + 1) + 2 * images) / whole),
  });
  const told = labels && Array.from(labels).every((one) => one >= 0) ? Uint32Array.from(labels) : undefined;
  const { labels: _, ...bare } = set;
  const labelled = { ...bare, ...(told && { labels: told }) };
  const trained = await trainedLoss(model, labelled, { seed, binarize, accelerator, signal });
  const say = wordingFor(spec);
  const metrics = [
    ...lossMetrics(spec, scores, samples),
    ...trained,
    ...errorMetrics(spec, squaredError),
  ].map((metric) => ({ ...metric, unit: say(metric.unit), convention: say(metric.convention) }));
  return {
    ...{ images: set.count, samples, seed },
    metrics: metrics.map(rowOf),
    ...(labels && { classes: byClass(metrics.filter(isOfImages), labels, classNames) }),
  };
}

function lossMetrics(
  spec: ModelSpec,
  { reconstruction, kl }: Awaited<ReturnType<typeof scoreImages>>,
  samples: number,
): ImageMetric[] {
  const { likelihood } = createModel(spec);
  const drawn = `${samples} latent sample${samples === 1 ? '' : 's'} an image`;
  const { density, scoredIn } = likelihood;
  const constant =
    density === 'none' ? `; of no density, so ${scoredIn ? `${scoredIn} alone` : 'but for a constant'}` : '';
  const about = { unit: scoreUnit(likelihood), better: 'lower' } as const;
  const given: ImageMetric = {
    ...{ name: 'reconstruction', title: 'Reconstruction', ...about, of: reconstruction },
    convention: `of an image, by the likelihood ${inWords(spec.likelihood)}; ${kl ? drawn : 'of its code'}${constant}`,
  };
  if (!kl) return [given];
  return [
    {
      ...{ name: 'negativeElbo', title: 'Negative ELBO', ...about },
      convention: `reconstruction + KL, whatever weight the KL had in training; ${drawn}${constant}`,
      of: reconstruction.map((value, i) => value + kl[i]!),
    },
    given,
    {
      ...{ name: 'kl', title: 'KL divergence', unit: 'nats', better: 'neither', of: kl },
      convention: spec.prior ? `to the prior (${spec.prior.type})` : 'to the standard normal, in closed form',
    },
  ];
}

function errorMetrics({ image, likelihood }: ModelSpec, squaredError: Float64Array): ImageMetric[] {
  const pixels = pixelCount(image);
  const convention = `of what mean codes decode to; ${scaleOf(likelihood)}`;
  return [
    {
      ...{ name: 'mse', title: 'Mean squared error', unit: 'a pixel', better: 'lower' },
      convention,
      of: squaredError.map((value) => value / pixels),
    },
    {
      ...{ name: 'squaredError', title: 'Squared error', unit: 'an image', better: 'lower' },
      convention: `${convention}; summed over an image's ${pixels} numbers`,
      of: squaredError,
    },
  ];
}

/** What the numbers are that errors are of. */
function scaleOf({ type }: ModelSpec['likelihood']): string {
  return type === 'columns'
    ? 'numbers standardised, words as a probability a word'
    : 'pixels from 0 to 1, where the data are';
}

/** `{ type: 'squaredError', output: 'sigmoid', pixels: 'mean' }` as `squaredError, output sigmoid, pixels mean`. */
function inWords({ type, ...fields }: ModelSpec['likelihood']): string {
  const told = Object.entries(fields).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.length : value}`,
  );
  return [type, ...told].join(', ');
}

/** Of each image and what its mean code decodes to, summed over its numbers in float64. */
async function squaredErrors(
  { spec, weights }: EvaluatedModel,
  set: Examples,
  {
    accelerator,
    label,
    onProgress,
    signal,
  }: Pick<EvaluateModelOptions, 'accelerator' | 'signal'> & {
    label?: ArrayLike<number>;
    onProgress: (images: number) => void;
  },
): Promise<Float64Array> {
  const { count, shape } = set;
  const pixels = pixelCount(shape);
  const errors = new Float64Array(count);
  const trained = accelerator
    ? await openTrainedModel(spec, weights, { accelerator })
    : createTrainedModel(spec, weights);
  try {
    for (let first = 0; first < count; first += IMAGES_AT_ONCE) {
      const end = Math.min(count, first + IMAGES_AT_ONCE);
      const { images: some } = await imagesBetween(set, first, end);
      const told = label && { label: Array.from({ length: end - first }, (_, i) => label[first + i]!) };
      const given = pixelsToFloats(some);
      const back = await trained.reconstruct(some, told);
      for (let i = 0; i < given.length; i++) {
        errors[first + Math.floor(i / pixels)]! += (given[i]! - back[i]!) ** 2;
      }
      onProgress(end);
      await nextTurn();
      signal?.throwIfAborted();
    }
  } finally {
    await trained.dispose();
  }
  return errors;
}

function isOfImages(metric: ImageMetric | MetricRow): metric is ImageMetric {
  return 'of' in metric;
}

function rowOf(metric: ImageMetric | MetricRow): MetricRow {
  if (!isOfImages(metric)) return metric;
  const { of, ...about } = metric;
  return { ...about, ...meanOf(of) };
}

/** In float64, in order; `error` for two images or more. */
function meanOf(values: ArrayLike<number>): { value: number; error?: number } {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i]!;
  const value = sum / count;
  if (count < 2) return { value };
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[i]! - value) ** 2;
  return { value, error: Math.sqrt(squares / (count - 1) / count) };
}

function byClass(
  metrics: readonly ImageMetric[],
  labels: ArrayLike<number>,
  classNames: readonly string[] | undefined,
): ClassMetrics[] {
  const members = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    const indices = members.get(label);
    if (indices) indices.push(i);
    else members.set(label, [i]);
  }
  return [...members]
    .sort(([a], [b]) => a - b)
    .map(([label, indices]) => {
      const name = classNames?.[label];
      const values = metrics.map(({ name, of }) => [name, meanOf(indices.map((i) => of[i]!)).value] as const);
      return {
        label,
        ...(name !== undefined && { name }),
        images: indices.length,
        values: Object.fromEntries(values),
      };
    });
}
