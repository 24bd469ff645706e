import {
  checkPixels,
  findNotFinite,
  LatentkitError,
  type NamedArrays,
  pixelCount,
  pixelsToFloats,
  requireImageArray,
  sizeOfShape,
  spreadPixels,
  type TracedProgram,
} from '@latentkit/core';
import { checkOptions, needed, type OptionRules, seedRule, whole } from '@latentkit/core/options';
import { softmax } from '@latentkit/losses/ops';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { layersOf } from '../layer-plan.ts';
import type { Model } from '../model.ts';
import type { Prior } from '../priors/prior.ts';
import { componentsProgram, downProgram, samplePrior, sampleUpper } from '../priors/sample-prior.ts';
import { type Sampler, samplerRule } from '../samplers/sampler.ts';
import { labelRule, oneHotRows } from './one-hot-rows.ts';

/** Codes of images: a normal distribution each, or (plain autoencoder, codebook) a point and no `logVar`. All `[count, latent]`. */
export interface Codes {
  mean: Float32Array;
  /** Natural logarithm of the variance. */
  logVar?: Float32Array;
  /** Of a codebook: which of its codes they are, `[count, vectors]`; `mean` are their vectors. */
  codes?: Uint32Array;
}

/** What a conditional model is told: one class for all, or a class each. */
export interface LabelOptions {
  label?: number | ArrayLike<number>;
}

export interface SampleOptions extends LabelOptions {
  count: number;
  /** 0 by default. Image `i` depends on the seed and on `i` alone. */
  seed?: number;
  /** Where codes come from instead of the prior: `fitGaussianMixture`, `aggregatePosteriorSampler`, or one of your own. */
  from?: Sampler;
}

/** A program to run on the model's weights, and what to run it on. */
export interface Call {
  readonly program: TracedProgram<Tensor>;
  readonly inputs: NamedArrays;
}

/** A result, one call after the other: whoever runs them, on tfjs or on an accelerator, hands back each one's outputs. */
export type Calls<Result> = Generator<Call, Result, NamedArrays>;

/** What a trained model does, but for where it is computed. */
export interface ModelCalls {
  encode(images: Uint8Array | Float32Array, options?: LabelOptions): Calls<Codes>;
  decode(latent: Float32Array, options?: LabelOptions): Calls<Float32Array>;
  reconstruct(images: Uint8Array | Float32Array, options?: LabelOptions): Calls<Float32Array>;
  sample(options: SampleOptions): Calls<Float32Array>;
  sampleCodes(options: Omit<SampleOptions, 'label'>): Calls<Float32Array>;
  prior(): Calls<Codes | undefined>;
  classify(images: Uint8Array | Float32Array, options?: object): Calls<Float32Array>;
}

const LABEL_RULES: OptionRules<LabelOptions> = { label: labelRule };
const CODE_RULES: OptionRules<Omit<SampleOptions, 'label'>> = {
  count: needed(whole(1)),
  seed: seedRule,
  from: samplerRule,
};
const SAMPLE_RULES: OptionRules<SampleOptions> = { ...LABEL_RULES, ...CODE_RULES };

const MOST_NUMBERS = 2 ** 30; // of all images together, as floats: 4 GiB

const NUMBERS_AT_ONCE = 2 ** 22; // of a layer: 16 MiB

interface CallSizes {
  /** Images a call, at most. */
  mostRows: number;
  /** Whether calls are recorded by their size: then a rest is cut into powers of two, so that there are few sizes. */
  isRecorded?: boolean;
}

/** The calls of a model, each of at most `mostRows` images: as many as fit where layers are wide. */
export function modelCalls(model: Model, { mostRows, isRecorded = false }: CallSizes): ModelCalls {
  const { spec, likelihood, prior, latentDim, codebook } = model;
  const { condition } = spec;
  const { height, width, channels } = spec.image;
  const pixels = pixelCount(spec.image);
  const hasPosterior = model.latents.some(({ type }) => type === 'gaussian');
  const rowsAtOnce = chooseRows(model, mostRows);

  const encodeProgram: Call['program'] = {
    key: 'encode',
    trace({ parameters, inputs: { x, labels } }) {
      const { mean, logVar, chosen } = model.encode(parameters, x as Tensor4D, told(labels));
      const codes = chosen && { codes: indicesOf(chosen, mean.shape[0]) };
      return { outputs: { mean, ...(logVar && { logVar }), ...codes }, guards: [] };
    },
  };
  const decodeProgram: Call['program'] = {
    key: 'decode',
    trace({ parameters, inputs: { code, labels } }) {
      const decoded = model.decode(parameters, code as Tensor2D, told(labels));
      return { outputs: { images: likelihood.toData(likelihood.mean(decoded)) }, guards: [] };
    },
  };

  const classifyProgram: Call['program'] = {
    key: 'classify',
    trace: ({ parameters, inputs: { x } }) => ({
      outputs: { classes: softmax(model.classify!(parameters, x as Tensor4D)) },
      guards: [],
    }),
  };

  /** The images' numbers, rounded where training rounds: bytes, their floats and training's batches are the same. */
  function toNumbers(images: Uint8Array | Float32Array): Float32Array {
    return spreadPixels(pixelsToFloats(images), likelihood.dataRange);
  }

  /** Some rows at a time. */
  function* cuts(count: number) {
    for (let first = 0, end = 0; first < count; first = end) {
      const rows = Math.min(rowsAtOnce, count - first);
      end = first + (isRecorded && rows < rowsAtOnce ? 2 ** (31 - Math.clz32(rows)) : rows);
      yield { first, end };
    }
  }

  /** Some rows at a time, with their labels. */
  function* chunks(where: string, count: number, { label }: LabelOptions) {
    const labelsOf = oneHotRows(where, label, count, condition?.classes);
    for (const { first, end } of cuts(count)) {
      yield { first, end, labels: labelsOf && { labels: labelsOf(first, end) } };
    }
  }

  /** How many images there are, all of them such that the model can read them. */
  function countImages(where: string, images: Uint8Array | Float32Array): number {
    requireImageArray(where, images);
    const count = countRows(where, images, pixels, 'images');
    checkPixels(where, images, spec.image, { anyData: likelihood.anyData });
    return count;
  }

  function batchOf(images: Uint8Array | Float32Array, first: number, end: number) {
    const data = toNumbers(images.subarray(first * pixels, end * pixels));
    return { shape: [end - first, height, width, channels], data };
  }

  function* classify(images: Uint8Array | Float32Array, options: object = {}): Calls<Float32Array> {
    checkOptions('classify', options, {});
    if (!model.classify || !condition) {
      throw new LatentkitError('E_USAGE', `classify: a model of kind '${spec.kind}' tells no classes`, {
        fix: "Train one of kind 'semiSupervised'",
      });
    }
    const count = countImages('classify', images);
    const classes = new Float32Array(count * condition.classes);
    for (const { first, end } of cuts(count)) {
      const told = yield { program: classifyProgram, inputs: { x: batchOf(images, first, end) } };
      classes.set(told.classes!.data, first * condition.classes);
    }
    return classes;
  }

  /** What a model that tells classes itself needs not be told: the likeliest of each image. */
  function* labelled(images: Uint8Array | Float32Array, options: LabelOptions): Calls<LabelOptions> {
    if (options.label !== undefined || !model.classify || !condition) return options;
    return { label: likeliest(yield* classify(images), condition.classes) };
  }

  function* encode(images: Uint8Array | Float32Array, given: LabelOptions = {}): Calls<Codes> {
    checkOptions('encode', given, LABEL_RULES);
    const count = countImages('encode', images);
    const options = yield* labelled(images, given);
    const mean = new Float32Array(count * latentDim);
    const logVar = hasPosterior ? new Float32Array(count * latentDim) : undefined;
    const vectors = codebook?.vectors ?? 0;
    const codes = codebook ? new Uint32Array(count * vectors) : undefined;
    for (const { first, end, labels } of chunks('encode', count, options)) {
      const x = batchOf(images, first, end);
      const code = yield { program: encodeProgram, inputs: { x, ...labels } };
      mean.set(code.mean!.data, first * latentDim);
      logVar?.set(code.logVar!.data, first * latentDim);
      codes?.set(code.codes!.data, first * vectors);
    }
    return { mean, ...(logVar && { logVar }), ...(codes && { codes }) };
  }

  function* decode(latent: Float32Array, options: LabelOptions = {}): Calls<Float32Array> {
    checkOptions('decode', options, LABEL_RULES);
    const count = countRows('decode', requireCodes(latent), latentDim, 'codes');
    checkSize('decode', count, pixels);
    const images = new Float32Array(count * pixels);
    for (const { first, end, labels } of chunks('decode', count, options)) {
      // tfjs's cpu backend computes on the array it is given: a slice is ours.
      const code = {
        shape: [end - first, latentDim],
        data: latent.slice(first * latentDim, end * latentDim),
      };
      const decoded = yield { program: decodeProgram, inputs: { code, ...labels } };
      images.set(decoded.images!.data, first * pixels);
    }
    return images;
  }

  function* sampleCodes({ count, seed = 0, from }: SampleOptions): Calls<Float32Array> {
    checkSize('sample', count, Math.max(pixels, latentDim));
    if (from) return codesFrom(from, latentDim, { count, seed });
    if (!prior) throw noPrior(model);
    const program = componentsProgram(prior);
    const components = program && (yield { program, inputs: {} });
    const codes = samplePrior(components, { count, latentDim, seed });
    return prior.upper ? yield* bringDown(prior, codes, seed) : codes;
  }

  /** Codes of an upper level's, of standard normal numbers, which become theirs. */
  function* bringDown(prior: Prior, codes: Float32Array, seed: number): Calls<Float32Array> {
    const program = downProgram(prior)!;
    const upperDim = prior.upper!.latentDim;
    for (const { first, end } of cuts(codes.length / latentDim)) {
      const data = sampleUpper({ first, end }, { latentDim, upperDim, seed });
      const given = yield { program, inputs: { upper: { shape: [end - first, upperDim], data } } };
      const [mean, deviation] = [given.mean!.data, given.deviation!.data];
      const own = codes.subarray(first * latentDim, end * latentDim);
      for (const [i, noise] of own.entries()) own[i] = mean[i]! + deviation[i]! * noise;
    }
    return codes;
  }

  return {
    encode,
    decode,
    classify,
    *reconstruct(images, given = {}) {
      checkOptions('reconstruct', given, LABEL_RULES);
      countImages('reconstruct', images);
      const options = yield* labelled(images, given);
      return yield* decode((yield* encode(images, options)).mean, options);
    },
    *sample(options) {
      checkOptions('sample', options, SAMPLE_RULES);
      return yield* decode(yield* sampleCodes(options), { label: options.label });
    },
    *sampleCodes(options) {
      checkOptions('sampleCodes', options, CODE_RULES);
      return yield* sampleCodes(options);
    },
    *prior() {
      if (!prior || prior.upper) return undefined;
      const program = componentsProgram(prior);
      if (!program) return { mean: new Float32Array(latentDim), logVar: new Float32Array(latentDim) };
      const components: NamedArrays = yield { program, inputs: {} };
      const { mean, deviation } = components;
      const logVar = Float32Array.from(deviation!.data, (value) => 2 * Math.log(value));
      return { mean: Float32Array.from(mean!.data), logVar };
    },
  };
}

/** Codes that a sampler draws; those of another model are refused. */
function codesFrom(from: Sampler, latentDim: number, { count, seed }: { count: number; seed: number }) {
  if (from.latentDim === latentDim) return from.sample(count, { seed });
  throw new LatentkitError(
    'E_SHAPE',
    `sample: expected a sampler of codes of ${latentDim} numbers, got one of ${from.latentDim}`,
    { fix: 'Fit it to codes of this model' },
  );
}

/** What there is instead of drawing from a prior. */
function noPrior({ codebook }: Model): LatentkitError {
  return codebook
    ? new LatentkitError(
        'E_USAGE',
        'sample: a codebook has no prior: which codes go together was not learned',
        {
          fix: 'Fit a sampler to the codes of training images, as { from: fitGaussianMixture(codes, ...) }, or decode codes of images you have',
        },
      )
    : new LatentkitError('E_USAGE', 'sample: a plain autoencoder has no prior to draw from', {
        fix: "Train a model of kind 'vae', or fit a sampler to codes of images: { from: fitGaussianMixture(codes, { latentDim }) }",
      });
}

/** Where each row's one is, `[batch, vectors]`: a product, as no kernel that can be recorded tells places. */
function indicesOf(chosen: Tensor2D, batch: number): Tensor2D {
  const [rows, size] = chosen.shape;
  const places = tf.tensor2d(
    Float32Array.from({ length: size }, (_, code) => code),
    [size, 1],
  );
  return tf.reshape(tf.matMul(chosen, places), [batch, rows / batch]);
}

const told = (labels: Tensor | undefined) => (labels ? { labels: labels as Tensor2D } : {});

/** The class of the largest probability of each row. */
function likeliest(probabilities: Float32Array, classes: number): Uint32Array {
  return new Uint32Array(probabilities.length / classes).map((_, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
}

/** So many rows that the widest layer's numbers fit the room; a row is a row to every layer, so results do not depend on it. */
function chooseRows({ plan, spec }: Model, most: number): number {
  const widths = layersOf(plan).map(({ outputShape }) => sizeOfShape(outputShape));
  const widest = Math.max(pixelCount(spec.image), ...widths);
  return Math.max(1, Math.min(most, Math.floor(NUMBERS_AT_ONCE / widest)));
}

/** Throws for more images than memory holds, before any is taken. */
function checkSize(where: string, count: number, size: number): void {
  if (count * size <= MOST_NUMBERS) return;
  throw new LatentkitError(
    'E_LIMIT',
    `${where}: ${count} images are ${count * size} numbers, of at most 2^30 in a call`,
    { fix: 'Ask for fewer at once' },
  );
}

/** Throws unless codes are finite numbers in a typed array. */
function requireCodes(latent: Float32Array): Float32Array {
  if (!(latent instanceof Float32Array)) {
    const got = Object(latent).constructor?.name ?? typeof latent;
    throw new LatentkitError('E_USAGE', `decode: expected codes as a Float32Array, got ${got}`, {
      fix: 'Float32Array.from(codes) makes one',
    });
  }
  const at = findNotFinite(latent);
  if (at < 0) return latent;
  throw new LatentkitError('E_NOT_FINITE', `decode: the codes hold ${latent[at]} at index ${at}`);
}

function countRows(where: string, { length }: ArrayLike<number>, size: number, what: string): number {
  if (length > 0 && length % size === 0) return length / size;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: expected whole ${what} of ${size} number${size === 1 ? '' : 's'} each, one at least, got ${length} numbers`,
  );
}
