import { LatentkitError, portableSin } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  listRule,
  needed,
  type OptionRules,
  oneOf,
  whole,
} from '@latentkit/core/options';
import { drawImageRows } from '@latentkit/figures';
import {
  checkLatent,
  LOOK_RULES,
  labelOf,
  type Picture,
  type PictureLook,
  type PictureModel,
  pictureModelRule,
} from './picture.ts';

/** `'spherical'` turns from one direction to the other, while the length goes from one to the other evenly. */
export type InterpolationMethod = 'linear' | 'spherical';

export interface InterpolateCodesOptions {
  /** Codes, both ends among them. */
  steps: number;
  /** `'linear'` by default. */
  method?: InterpolationMethod;
}

const CODES_RULES: OptionRules<InterpolateCodesOptions> = {
  steps: needed(whole(2, 1000)),
  method: oneOf('linear', 'spherical'),
};

const PARALLEL = 1e-6; // radians: less than the roundings of float32 turn a code by

/**
 * Codes on the way from one to another, evenly spaced, the ends as they are.
 *
 * Linear: `(1 - t) a + t b`. Spherical: the direction `(sin((1 - t) w) a' + sin(t w) b') / sin(w)` of the unit vectors `a'` and `b'`,
 * `w` the angle between them, times the length `(1 - t) |a| + t |b|`. A code of length 0 has no direction and takes the
 * other's, and codes of one direction differ in length alone: both are the straight line.
 *
 * @returns `[steps, latent]`.
 * @throws `E_SHAPE` for codes of different lengths; `E_NOT_FINITE` for numbers that are not finite; `E_RANGE` for fewer than 2 steps, and for
 * opposite codes spherically: all ways around are equally long.
 * @example
 * interpolateCodes(Float32Array.of(1, 0), Float32Array.of(0, 1), { steps: 3, method: 'spherical' }); // the middle: 0.707, 0.707
 * @see Shoemake: "Animating rotation with quaternion curves", SIGGRAPH 1985, 3.3
 */
export function interpolateCodes(
  from: Float32Array,
  to: Float32Array,
  options: InterpolateCodesOptions,
): Float32Array {
  checkOptions('interpolateCodes', options, CODES_RULES);
  checkValue('interpolateCodes', 'from', from, listRule);
  checkValue('interpolateCodes', 'to', to, listRule);
  const { steps, method = 'linear' } = options;
  checkEnds(from, to);
  const latentDim = from.length;
  const weightsAt = method === 'linear' ? (t: number) => [1 - t, t] as const : sphericalWeights(from, to);
  const codes = new Float32Array(steps * latentDim);
  for (let step = 1; step < steps - 1; step++) {
    const [a, b] = weightsAt(step / (steps - 1));
    for (let d = 0; d < latentDim; d++) codes[step * latentDim + d] = a * from[d]! + b * to[d]!;
  }
  codes.set(from); // to the bit
  codes.set(to, (steps - 1) * latentDim);
  return codes;
}

/** How much of either end a code has, by its place between them. */
function sphericalWeights(from: Float32Array, to: Float32Array): (t: number) => readonly [number, number] {
  const [fromLength, toLength] = [lengthOf(from), lengthOf(to)];
  const straight = (t: number) => [1 - t, t] as const;
  if (fromLength === 0 || toLength === 0) return straight;
  // 2 atan(|a' - b'| / |a' + b'|), which keeps its digits where the cosine loses them (Kahan).
  let [less, more] = [0, 0];
  for (let d = 0; d < from.length; d++) {
    const [a, b] = [from[d]! / fromLength, to[d]! / toLength];
    less += (a - b) ** 2;
    more += (a + b) ** 2;
  }
  const angle = 2 * Math.atan2(Math.sqrt(less), Math.sqrt(more));
  if (angle < PARALLEL) return straight;
  if (angle > Math.PI - PARALLEL) {
    throw new LatentkitError(
      'E_RANGE',
      'interpolateCodes: the codes point in opposite directions, and all ways around are equally long',
      { fix: "Use the method 'linear'" },
    );
  }
  return (t) => {
    const scale = ((1 - t) * fromLength + t * toLength) / portableSin(angle);
    return [(scale * portableSin((1 - t) * angle)) / fromLength, (scale * portableSin(t * angle)) / toLength];
  };
}

function lengthOf(code: Float32Array): number {
  return Math.sqrt(code.reduce((sum, value) => sum + value * value, 0));
}

function checkEnds(from: Float32Array, to: Float32Array): void {
  if (from.length !== to.length || from.length === 0) {
    throw new LatentkitError(
      'E_SHAPE',
      `interpolateCodes: expected two codes of the same length, got ${from.length} and ${to.length} numbers`,
    );
  }
  const wrong = [...from, ...to].find((value) => !Number.isFinite(value));
  if (wrong === undefined) return;
  throw new LatentkitError('E_NOT_FINITE', `interpolateCodes: the codes hold ${wrong}`);
}

export interface InterpolateLatentOptions extends Partial<InterpolateCodesOptions>, PictureLook {
  /** The class of all images, for a conditional model; 0 by default. */
  label?: number;
  /** The images that the codes are of, `[2, height, width, channels]` from 0 to 1: they stand at the ends. */
  ends?: Float32Array;
  /** What those are called. */
  endNames?: readonly [string, string];
}

const RULES: OptionRules<InterpolateLatentOptions> = {
  steps: whole(2, 1000),
  method: anything, // interpolateCodes looks at it
  label: anything, // decode looks at it
  ends: anything, // drawImageRows looks at these
  endNames: listRule,
  ...LOOK_RULES,
};

export interface InterpolatedLatent extends Picture {
  /** Where each image stands, from 0 to 1. */
  readonly at: readonly number[];
}

const STEPS = 10;

/**
 * What codes on the way between two decode to, as a picture: {@link interpolateCodes} and the decoder.
 *
 * @param from a code, `[latent]`; `to` another.
 * @throws as `interpolateCodes`, `decode` and `drawImageRows`.
 * @example
 * const { mean } = run.encode(set.images.subarray(0, 2 * 784));
 * const { svg } = await interpolateLatent(run, mean.subarray(0, 5), mean.subarray(5), { method: 'spherical' });
 */
export async function interpolateLatent(
  model: PictureModel,
  from: Float32Array,
  to: Float32Array,
  options: InterpolateLatentOptions = {},
): Promise<InterpolatedLatent> {
  checkValue('interpolateLatent', 'model', model, pictureModelRule);
  checkOptions('interpolateLatent', options, RULES);
  const { steps = STEPS, method = 'linear', label, ends, title, subtitle, width } = options;
  const { endNames = ['original', 'original'] } = options;
  checkLatent('interpolateLatent', model, from, 'a code to go from');
  checkLatent('interpolateLatent', model, to, 'a code to go to');
  const latent = interpolateCodes(from, to, { steps, method });
  const images = await model.decode(latent, labelOf(model, label));
  const at = Array.from({ length: steps }, (_, step) => step / (steps - 1));
  const captions = at.map((t) => (Number.isInteger(t) ? String(t) : t.toFixed(2)));
  const half = ends ? ends.length / 2 : 0;
  const shown = new Float32Array(images.length + 2 * half);
  shown.set(images, half);
  if (ends) {
    shown.set(ends.subarray(0, half));
    shown.set(ends.subarray(half), shown.length - half);
  }
  const svg = drawImageRows(
    {
      ...{ images: shown, shape: model.spec.image, rows: [{ name: '' }] },
      ...(ends
        ? { columns: [endNames[0], ...captions, endNames[1]], groups: [1, steps, 1] }
        : { columns: captions }),
    },
    { title: title ?? 'Interpolation', subtitle, width },
  );
  return { latent, images, svg, at };
}
