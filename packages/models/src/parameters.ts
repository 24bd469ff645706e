import type { NamedArrays } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';

/** A model's weights on the tfjs backend, by name. */
export type Parameters = Readonly<Record<string, tf.Tensor>>;

/**
 * Copies weights to the tfjs backend. The caller disposes of them (`tf.dispose`).
 *
 * @example
 * const parameters = parametersToTensors(model.initialize(42));
 */
export function parametersToTensors(arrays: NamedArrays): Parameters {
  // tfjs's cpu backend computes on the array it is given: the slice is what makes it a copy.
  return mapValues(arrays, ({ data, shape }) => tf.tensor(data.slice(), [...shape], 'float32'));
}

/**
 * Copies weights from the tfjs backend, e.g. to save them.
 *
 * @example
 * parametersToArrays(parameters)['encoder.mean.kernel']; // { shape: [512, 2], data: Float32Array(1024) }
 */
export function parametersToArrays(parameters: Parameters): NamedArrays {
  return mapValues(parameters, (tensor) => ({
    shape: [...tensor.shape],
    data: (tensor.dataSync() as Float32Array).slice(), // the cpu backend hands out its own array
  }));
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
