import * as tf from '@tensorflow/tfjs-core';

/** A value, and the gradients of its inputs given the gradient of the value and the tensors that were saved. */
export interface ValueAndGradient<Value extends tf.Tensor> {
  readonly value: Value;
  /** One gradient an input, each of its input's shape. */
  readonly gradient: (upstream: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor[];
}

/**
 * Evaluates a function that brings its own gradient: `tf.customGrad` with types.
 *
 * tfjs-core registers no gradients by itself, so whatever runs inside `rule` must not need any. Tensors that the
 * gradient reads must go through `save`: everything else made inside is disposed before the gradient runs.
 */
export function withGradient<Value extends tf.Tensor>(
  inputs: readonly tf.Tensor[],
  rule: (save: (tensors: tf.Tensor[]) => void) => ValueAndGradient<Value>,
): Value {
  return tf.customGrad<Value>((...inputsAndSave) => {
    const save = inputsAndSave[inputs.length] as (tensors: tf.Tensor[]) => void;
    const { value, gradient } = rule(save);
    return { value, gradFunc: gradient };
  })(...inputs);
}
