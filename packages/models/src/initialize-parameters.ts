import { createRandom, type NamedArrays, Stream, sizeOfShape } from '@latentkit/core';
import type { ParameterPlans } from './parameter-shapes.ts';

/**
 * Fresh weights: kernels uniform in `+-sqrt(6 / (fanIn + fanOut))`, biases zero, a learned log sigma zero.
 *
 * What is drawn, kernel `i` of the model say, is drawn from index `first + i` of the seed's weight stream.
 *
 * @throws `E_RANGE` when the seed is not a whole number from 0 to 2^53 - 1.
 * @see Glorot & Bengio: "Understanding the difficulty of training deep feedforward neural networks" (2010), equation 16
 */
export function initializeParameters(plans: ParameterPlans, seed: number, { first = 0 } = {}): NamedArrays {
  let drawn = first;
  return Object.fromEntries(
    Object.entries(plans).map(([name, { shape, init }]) => {
      const data = new Float32Array(sizeOfShape(shape));
      if (init === 'zeros') return [name, { shape, data }];
      if (init === 'ones') return [name, { shape, data: data.fill(1) }];
      const random = createRandom({ seed, stream: Stream.weights, index: drawn++ });
      if (init === 'unit') return [name, { shape, data: data.map(() => random.uniform()) }];
      const limit = glorotLimit(shape);
      return [name, { shape, data: data.map(() => (2 * random.uniform() - 1) * limit) }];
    }),
  );
}

function glorotLimit(kernelShape: readonly number[]): number {
  const window = sizeOfShape(kernelShape.slice(0, -2));
  return Math.sqrt(6 / (window * (kernelShape.at(-2)! + kernelShape.at(-1)!)));
}
