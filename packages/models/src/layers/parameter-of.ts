import { LatentkitError } from '@latentkit/core';
import type * as tf from '@tensorflow/tfjs-core';
import type { Parameters } from '../parameters.ts';

/** A layer's parameter. Throws `E_USAGE` where it is missing. */
export function parameterOf(parameters: Parameters, name: string): tf.Tensor {
  const parameter = parameters[name];
  if (parameter) return parameter;
  throw new LatentkitError('E_USAGE', `model: there is no parameter '${name}' among the given ones`, {
    fix: 'These weights are of another model',
  });
}
