import { LatentkitError } from '@latentkit/core';
import { anything, having, type OptionRules, whole } from '@latentkit/core/options';
import { type AcceleratedModel, codeSizeOf, type TrainedModel } from '@latentkit/models';

/** A model with its weights, that answers at once or later: a loaded run, a `TrainedModel`, an `AcceleratedModel`. */
export type PictureModel =
  | Pick<TrainedModel, 'spec' | 'encode' | 'decode' | 'sampleCodes'>
  | Pick<AcceleratedModel, 'spec' | 'encode' | 'decode' | 'sampleCodes'>;

export const pictureModelRule = having(
  'a trained model',
  { spec: 'object', encode: 'function', decode: 'function', sampleCodes: 'function' },
  'createTrainedModel(spec, weights) makes one, loadRun(directory) gives one',
);

/** Codes, what they decode to, and a drawing of it. */
export interface Picture {
  /** `[count, latent]`. */
  readonly latent: Float32Array;
  /** `[count, height, width, channels]`. */
  readonly images: Float32Array;
  /** A standalone SVG. */
  readonly svg: string;
}

/** The words over a picture, and how wide it may be. */
export interface PictureLook {
  title?: string;
  subtitle?: string;
  /** CSS pixels. */
  width?: number;
}

/** Of those: whoever draws looks at them. */
export const LOOK_RULES: OptionRules<PictureLook> = { title: anything, subtitle: anything, width: anything };

/** How many images a picture has room for. */
export const countRule = whole(1, 10_000);

/** One class for all of a picture's images; 0 by default of a conditional model. */
export function labelOf(
  { spec: { condition } }: PictureModel,
  label: number | undefined,
): { label: number } | undefined {
  return condition || label !== undefined ? { label: label ?? 0 } : undefined;
}

/** Throws unless some codes are each of the model's length. */
export function checkLatent(where: string, { spec }: PictureModel, latent: Float32Array, name: string): void {
  if (!(latent instanceof Float32Array)) {
    throw new LatentkitError('E_USAGE', `${where}: expected ${name} as a Float32Array`, {
      fix: 'Float32Array.from(numbers) makes one',
    });
  }
  const size = codeSizeOf(spec);
  if (latent.length > 0 && latent.length % size === 0) return;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: expected ${name} of ${size} number${size === 1 ? '' : 's'} each, got ${latent.length}`,
  );
}

/** A dimension's name in pictures, counted from 1: `z₁₂` of the index 11. */
export function dimensionName(dimension: number): string {
  const digits = [...String(dimension + 1)];
  return `z${digits.map((digit) => String.fromCharCode(0x2080 + Number(digit))).join('')}`;
}
