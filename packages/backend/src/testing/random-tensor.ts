import { createRandom, Stream, sizeOfShape } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';

/** Standard normal numbers, the same at each call with the same `index`. */
export function randomTensor<Rank extends tf.Rank>(shape: tf.ShapeMap[Rank], index = 0): tf.Tensor<Rank> {
  const random = createRandom({ seed: 77, stream: Stream.sample, index });
  const numbers = Float32Array.from({ length: sizeOfShape(shape) }, () => random.normal());
  return tf.tensor(numbers, shape, 'float32');
}
