import type { NamedArrays } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';

/** A model's weights on the tfjs backend, by name. */
export type Parameters = Readonly<Record<string, tf.Tensor>>;

/** Copies weights to the tfjs backend. The caller disposes of them (`tf.dispose`). */
export function parametersToTensors(arrays: NamedArrays): Parameters {
  return mapValues(arrays, ({ data, shape }) => tf.tensor(data, [...shape], 'float32'));
}

/** Copies weights from the tfjs backend. */
export function parametersToArrays(parameters: Parameters): NamedArrays {
  return mapValues(parameters, (tensor) => ({
    shape: tensor.shape,
    data: tensor.dataSync() as Float32Array,
  }));
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
