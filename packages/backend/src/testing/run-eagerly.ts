import type { NamedArrays, TracedProgram } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';

const tensorsOf = (arrays: NamedArrays) =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]),
  );

const arraysOf = (tensors: Readonly<Record<string, tf.Tensor>>): NamedArrays =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      { shape: tensor.shape, data: tensor.dataSync() as Float32Array },
    ]),
  );

/** What a program computes on tfjs's current backend: an accelerator's oracle. */
export function runEagerly(
  program: TracedProgram<tf.Tensor>,
  parameters: NamedArrays,
  inputs: NamedArrays,
  scalars: Readonly<Record<string, number>> = {},
): { outputs: NamedArrays; gradients: NamedArrays } {
  let result: ReturnType<typeof runEagerly> | undefined;
  tf.tidy(() => {
    const { outputs, gradients = {} } = program.trace({
      parameters: tensorsOf(parameters),
      inputs: tensorsOf(inputs),
      scalars: Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, tf.scalar(value)])),
    });
    result = { outputs: arraysOf(outputs), gradients: arraysOf(gradients) };
    tf.dispose(outputs as tf.NamedTensorMap);
  });
  return result!;
}
