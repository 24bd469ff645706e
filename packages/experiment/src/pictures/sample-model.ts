import { LatentkitError, normalRows, pixelCount, pixelsToFloats, portableExp, Stream } from '@latentkit/core';
import {
  anything,
  atLeast,
  checkOptions,
  checkValue,
  type OptionRules,
  seedRule,
} from '@latentkit/core/options';
import { drawSamples } from '@latentkit/figures';
import { codeSizeOf, type Sampler } from '@latentkit/models';
import {
  checkLatent,
  countRule,
  LOOK_RULES,
  labelOf,
  type Picture,
  type PictureLook,
  type PictureModel,
  pictureModelRule,
} from './picture.ts';

export interface SampleModelOptions extends PictureLook {
  /** 64 by default; of a conditional model a row a class. */
  count?: number;
  /** Images in a row; as many rows as columns by default. */
  columns?: number;
  /** Image `i` depends on it and on `i` alone; 0 by default. */
  seed?: number;
  /** The class of all of them, for a conditional model; a row a class by default. */
  label?: number;
  /** Where codes come from instead of the prior. */
  from?: Sampler;
  /** An image to draw around, instead of from the prior. */
  around?: Uint8Array | Float32Array;
  /** How far: standard deviations of the image's posterior, 1 by default; distances where the model has no posterior. */
  spread?: number;
}

const RULES: OptionRules<SampleModelOptions> = {
  count: countRule,
  columns: countRule,
  seed: seedRule,
  label: anything, // decode looks at it
  from: anything, // sampleCodes looks at it
  around: anything, // encode looks at it
  spread: atLeast(0, { finite: true }),
  ...LOOK_RULES,
};

export interface SampledImages extends Picture {
  /** The class of each, of a conditional model. */
  readonly labels?: readonly number[];
}

const SAMPLES = 64;
const IN_ROW = 12; // of a class

/**
 * Images of codes drawn at random, as a picture: from the prior or a sampler, the images of `sample`; or around an image, where
 * `z = mean + spread * exp(logVar / 2) * noise`, which is its posterior for a spread of 1. Then the image stands first.
 *
 * @throws `E_USAGE` for a model without a prior and no image to draw around; `E_RANGE` for a number of images that is none of
 * 1 to 10,000; as `encode`, `decode` and `drawSamples` do.
 * @example
 * const { svg, latent } = await sampleModel(await loadRun('runs/first'), { count: 64, seed: 1 });
 */
export async function sampleModel(
  model: PictureModel,
  options: SampleModelOptions = {},
): Promise<SampledImages> {
  checkValue('sampleModel', 'model', model, pictureModelRule);
  checkOptions('sampleModel', options, RULES);
  const { around, from, label, seed = 0, spread, title, subtitle, width } = options;
  const { condition } = model.spec;
  const byClass = condition !== undefined && label === undefined && around === undefined;
  const columns = options.columns ?? (byClass ? IN_ROW : undefined);
  const count = options.count ?? (byClass ? condition.classes * columns! : SAMPLES);
  if (spread !== undefined && around === undefined) {
    throw new LatentkitError('E_USAGE', 'sampleModel: a spread goes with an image to draw around');
  }
  if (from !== undefined && around !== undefined) {
    throw new LatentkitError(
      'E_USAGE',
      'sampleModel: codes come from a sampler, or lie around an image: not both',
    );
  }
  const labels = byClass
    ? Array.from({ length: count }, (_, i) => Math.floor(i / columns!) % condition.classes)
    : undefined;
  const one = labelOf(model, label);
  const latent =
    around === undefined
      ? await model.sampleCodes({ count, seed, ...(from && { from }) })
      : await codesAround(model, around, { count, seed, spread: spread ?? 1, told: one });
  const images = await model.decode(latent, labels ? { label: labels } : one);
  const shown = around === undefined ? images : joined(pixelsToFloats(around), images);
  const svg = drawSamples(
    { images: shown, shape: model.spec.image, ...(columns && { columns }) },
    { title: title ?? (byClass ? 'Samples by class' : 'Random samples'), subtitle, width },
  );
  const told = labels ?? (one && Array.from({ length: count }, () => one.label));
  return { latent, images, svg, ...(told && { labels: told }) };
}

async function codesAround(
  model: PictureModel,
  image: Uint8Array | Float32Array,
  { count, seed, spread, told }: { count: number; seed: number; spread: number; told?: { label: number } },
): Promise<Float32Array> {
  const { image: shape } = model.spec;
  const latentDim = codeSizeOf(model.spec);
  const { mean, logVar } = await model.encode(image, told);
  if (mean.length !== latentDim) {
    const images = image.length / pixelCount(shape);
    throw new LatentkitError('E_SHAPE', `sampleModel: expected one image to draw around, got ${images}`);
  }
  const codes = normalRows(count, latentDim, { seed, stream: Stream.sample });
  for (let i = 0; i < codes.length; i++) {
    const d = i % latentDim;
    const deviation = logVar ? portableExp(logVar[d]! / 2) : 1;
    codes[i] = mean[d]! + spread * deviation * codes[i]!;
  }
  return codes;
}

export interface DecodeLatentOptions extends PictureLook {
  /** Images in a row; as many rows as columns by default. */
  columns?: number;
  /** The class of all of them, for a conditional model; 0 by default. */
  label?: number;
}

/**
 * What codes decode to, as a picture.
 *
 * @param latent `[count, latent]`, at most 10,000.
 * @throws `E_SHAPE` for codes of another length than the model's, naming both; as `decode` and `drawSamples` do.
 * @example
 * const { svg } = await decodeLatent(run, Float32Array.of(0, 0, 1, -1)); // two codes of a model of two dimensions
 */
export async function decodeLatent(
  model: PictureModel,
  latent: Float32Array,
  options: DecodeLatentOptions = {},
): Promise<Picture> {
  checkValue('decodeLatent', 'model', model, pictureModelRule);
  checkOptions('decodeLatent', options, DECODE_RULES);
  checkLatent('decodeLatent', model, latent, 'codes');
  checkValue('decodeLatent', 'the number of codes', latent.length / codeSizeOf(model.spec), countRule);
  const { columns, label, title = 'Decoded codes', subtitle, width } = options;
  const images = await model.decode(latent, labelOf(model, label));
  const svg = drawSamples(
    { images, shape: model.spec.image, ...(columns && { columns }) },
    { title, subtitle, width },
  );
  return { latent, images, svg };
}

const DECODE_RULES: OptionRules<DecodeLatentOptions> = {
  columns: countRule,
  label: anything,
  ...LOOK_RULES,
};

function joined(first: Float32Array, rest: Float32Array): Float32Array {
  const all = new Float32Array(first.length + rest.length);
  all.set(first);
  all.set(rest, first.length);
  return all;
}
