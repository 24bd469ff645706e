import * as tf from '@tensorflow/tfjs-core';
import { elementwiseGradients } from './elementwise.ts';
import { productGradients } from './products.ts';
import { reductionGradients } from './reductions.ts';
import { shapeGradients } from './shapes.ts';

/**
 * Lets tfjs differentiate plain operations (`tf.mul`, `tf.concat`, ...), so that terms and layers of one's own train:
 * tfjs-core, imported as a module, brings no gradients. A gradient that is registered already stays.
 *
 * They use operations that this backend has: where an operation can be recorded, so can its gradient.
 *
 * @example
 * registerGradients();
 * tf.grad((x) => tf.sum(tf.square(x)))(tf.tensor1d([1, 2])).print(); // [2, 4]
 */
export function registerGradients(): void {
  const all = [...elementwiseGradients, ...reductionGradients, ...productGradients, ...shapeGradients];
  for (const one of all) if (!tf.getGradient(one.kernelName)) tf.registerGradient(one);
}
