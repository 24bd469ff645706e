import { LatentkitError } from '@latentkit/core';
import type * as tf from '@tensorflow/tfjs-core';
import { checkTensors } from './check-tensors.ts';

/**
 * Makes sure that a tensor is a scalar, `[]`.
 *
 * @throws `E_SHAPE`, naming the function and the shape.
 */
export function checkScalar(where: string, name: string, tensor: tf.Tensor): void {
  checkTensors(where, { [name]: tensor });
  if (tensor.rank !== 0) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: ${name} must be a scalar [], got [${tensor.shape.join(', ')}]`,
    );
  }
}
