import { createRandom, type NamedArrays, Stream, sizeOfShape } from '@latentkit/core';
import type { ParameterShapes } from './parameter-shapes.ts';

/**
 * Fresh weights: kernels uniform in `+-sqrt(6 / (fanIn + fanOut))`, biases zero, a learned log sigma zero.
 *
 * Kernel `i` of the model is drawn from index `i` of the seed's weight stream.
 *
 * @throws `E_RANGE` when the seed is not a whole number from 0 to 2^53 - 1.
 * @see Glorot & Bengio: "Understanding the difficulty of training deep feedforward neural networks" (2010), equation 16
 */
export function initializeParameters(shapes: ParameterShapes, seed: number): NamedArrays {
  let kernels = 0;
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const data = name.endsWith('.kernel')
        ? glorotUniform(shape, seed, kernels++)
        : new Float32Array(sizeOfShape(shape));
      return [name, { shape, data }];
    }),
  );
}

function glorotUniform(kernelShape: readonly number[], seed: number, index: number): Float32Array {
  const window = sizeOfShape(kernelShape.slice(0, -2));
  const limit = Math.sqrt(6 / (window * (kernelShape.at(-2)! + kernelShape.at(-1)!)));
  const random = createRandom({ seed, stream: Stream.weights, index });
  const data = new Float32Array(sizeOfShape(kernelShape));
  return data.map(() => (2 * random.uniform() - 1) * limit);
}
