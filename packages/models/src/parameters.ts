import { LatentkitError, type NamedArrays, sizeOfShape } from '@latentkit/core';
import { checkValue, having, objectRule } from '@latentkit/core/options';
import * as tf from '@tensorflow/tfjs-core';

/** A model's weights on the tfjs backend, by name. */
export type Parameters = Readonly<Record<string, tf.Tensor>>;

/**
 * Copies weights to the tfjs backend. The caller disposes of them (`tf.dispose`).
 *
 * @throws `E_USAGE` for what is no array, a tensor for example; `E_SHAPE` for more or fewer numbers than the shape has.
 * @example
 * const parameters = parametersToTensors(model.initialize(42));
 */
export function parametersToTensors(arrays: NamedArrays): Parameters {
  requireArrays('parametersToTensors', arrays);
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
  checkValue('parametersToArrays', 'parameters', parameters, objectRule);
  return mapValues(parameters, (tensor) => ({
    shape: [...tensor.shape],
    data: (tensor.dataSync() as Float32Array).slice(), // the cpu backend hands out its own array
  }));
}

/** Throws unless weights are arrays in memory, each with as many numbers as its shape has. */
export function requireArrays(where: string, arrays: NamedArrays): void {
  checkValue(where, 'weights', arrays, having('an object of arrays by name', {}));
  for (const [name, array] of Object.entries(arrays)) {
    const { shape, data } = Object(array) as Partial<NamedArrays[string]>;
    if (!Array.isArray(shape) || !ArrayBuffer.isView(data)) {
      const got = array instanceof tf.Tensor ? 'a tensor' : typeof array;
      throw new LatentkitError(
        'E_USAGE',
        `${where}: expected '${name}' as { shape, data: Float32Array }, got ${got}`,
        { fix: 'parametersToArrays makes arrays of tensors' },
      );
    }
    const size = sizeOfShape(shape);
    if (data.length === size) continue;
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected ${size} numbers for '${name}' of [${shape.join(', ')}], got ${data.length}`,
    );
  }
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
