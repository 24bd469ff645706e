import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Decoded, Likelihood, Tensors } from '../likelihood.ts';
import { repeatRows } from '../ops/repeat-rows.ts';
import { withGradient } from '../ops/with-gradient.ts';
import { outputRule } from '../output-function.ts';
import type { OutputFunction } from './output-schema.ts';

/** What a likelihood says of itself, where the decoder's first head gives one number a pixel: the mean's pre-activation. */
export interface OneMean {
  readonly density: Likelihood['density'];
  readonly scoredIn?: string;
  /** Heads beside `output`, of one number a pixel each. */
  readonly others?: readonly string[];
  readonly parameterShapes?: Likelihood['parameterShapes'];
  /** Where it is not the output function of the pre-activation; with a gradient. */
  mean?(preActivation: tf.Tensor): tf.Tensor;
  /** `[batch, ...]` twice -> `[batch]`. */
  score(preActivation: tf.Tensor, target: tf.Tensor, parameters: Tensors, decoded: Decoded): tf.Tensor1D;
}

/** A likelihood around one mean a pixel: what the output function makes of heads, ranges and pictures. */
export function ofOneMean(
  spec: { readonly type: string; readonly output: OutputFunction },
  { density, scoredIn, others = [], parameterShapes = {}, mean, score }: OneMean,
): Likelihood {
  const { output } = spec;
  const rule = outputRule('createLikelihood', output);
  // What the mean is in the numbers that the caller gave: data for a tanh were scaled to [-1, 1].
  const toData = (mean: tf.Tensor) =>
    output === 'tanh' ? tf.tidy(() => tf.mul(tf.add(mean, 1), 0.5)) : tf.clone(mean);
  return {
    spec,
    dataRange: output === 'tanh' ? [-1, 1] : [0, 1],
    anyData: output === 'linear',
    heads: [{ name: 'output', perPixel: 1 }, ...others.map((name) => ({ name, perPixel: 1 }))],
    ...(!mean && { output }),
    parameterShapes,
    density,
    ...(scoredIn !== undefined && { scoredIn }),
    negativeLogLikelihood: (decoded, target, parameters = {}) => {
      const preActivation = headOf(decoded, 'output');
      const rows = preActivation.shape[0] ?? 0;
      return score(preActivation, repeatRows('negativeLogLikelihood', target, rows), parameters, decoded);
    },
    mean: (decoded) => {
      const preActivation = headOf(decoded, 'output');
      if (mean) return mean(preActivation);
      return withGradient([preActivation], (save) => {
        const mean = rule.apply(preActivation);
        save([mean]);
        // `linear` gives its argument back: the copy is what the caller may dispose.
        const value = output === 'linear' ? tf.clone(mean) : mean;
        return { value, gradient: (upstream, [mean]) => [rule.gradient(upstream, mean!)] };
      });
    },
    toData,
    toUnitRange: output === 'linear' ? (mean) => tf.clipByValue(mean, 0, 1) : toData,
  };
}

export function headOf(decoded: Decoded, name: string): tf.Tensor {
  const head = decoded[name];
  if (head) return head;
  const got = decoded instanceof tf.Tensor ? 'a tensor' : Object.keys(decoded).join(', ') || 'none';
  throw new LatentkitError('E_USAGE', `likelihood: expected the decoder's head '${name}', got ${got}`, {
    fix: `Pass what the model's decode gives, or { ${name}: tensor }`,
  });
}
