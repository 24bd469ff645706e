import {
  checkPixels,
  LatentkitError,
  pixelCount,
  pixelsToFloats,
  requireImageArray,
  spreadPixels,
} from '@latentkit/core';
import { checkOptions, needed, type OptionRules, seedRule, whole } from '@latentkit/core/options';
import type { Model } from '../model.ts';
import { samplerRule } from '../samplers/sampler.ts';
import type { Calls, Codes, LabelOptions, SampleOptions } from './call.ts';
import { checkSize, countRows, requireCodes } from './check-call.ts';
import { modelPrograms } from './model-programs.ts';
import { labelRule, oneHotRows } from './one-hot-rows.ts';
import { type CallSizes, rowCuts } from './row-cuts.ts';
import { samplingCalls } from './sampling-calls.ts';

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

/** The calls of a model, each of at most `mostRows` images: as many as fit where layers are wide. */
export function modelCalls(model: Model, sizes: CallSizes): ModelCalls {
  const { spec, likelihood, latentDim, codebook } = model;
  const { condition } = spec;
  const { height, width, channels } = spec.image;
  const pixels = pixelCount(spec.image);
  const hasPosterior = model.latents.some(({ type }) => type === 'gaussian');
  const cuts = rowCuts(model, sizes);
  const programs = modelPrograms(model);
  const sampling = samplingCalls(model, cuts);

  /** The images' numbers, rounded where training rounds: bytes, their floats and training's batches are the same. */
  function toNumbers(images: Uint8Array | Float32Array): Float32Array {
    return spreadPixels(pixelsToFloats(images), likelihood.dataRange);
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
      const told = yield { program: programs.classify, inputs: { x: batchOf(images, first, end) } };
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
      const code = yield { program: programs.encode, inputs: { x, ...labels } };
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
      const decoded = yield { program: programs.decode, inputs: { code, ...labels } };
      images.set(decoded.images!.data, first * pixels);
    }
    return images;
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
      return yield* decode(yield* sampling.sampleCodes(options), { label: options.label });
    },
    *sampleCodes(options) {
      checkOptions('sampleCodes', options, CODE_RULES);
      return yield* sampling.sampleCodes(options);
    },
    prior: sampling.prior,
  };
}

/** The class of the largest probability of each row. */
function likeliest(probabilities: Float32Array, classes: number): Uint32Array {
  return new Uint32Array(probabilities.length / classes).map((_, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
}
