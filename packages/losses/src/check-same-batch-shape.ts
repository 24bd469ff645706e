import { LatentkitError } from '@latentkit/core';
import type * as tf from '@tensorflow/tfjs-core';
import { checkTensors } from './check-tensors.ts';

/**
 * Makes sure that two tensors are `[batch, ...]` of one shape.
 *
 * @throws `E_SHAPE`, naming the function, its arguments and both shapes.
 */
export function checkSameBatchShape(
  where: string,
  [firstName, first]: readonly [name: string, tensor: tf.Tensor],
  [secondName, second]: readonly [name: string, tensor: tf.Tensor],
): void {
  checkTensors(where, { [firstName]: first, [secondName]: second });
  const names = `${firstName} and ${secondName}`;
  const got = `got [${first.shape.join(', ')}] and [${second.shape.join(', ')}]`;
  if (first.rank !== second.rank || first.shape.some((size, axis) => size !== second.shape[axis])) {
    throw new LatentkitError('E_SHAPE', `${where}: ${names} must have the same shape, ${got}`);
  }
  if (first.rank < 2) {
    throw new LatentkitError('E_SHAPE', `${where}: ${names} must be [batch, ...] of rank 2 or more, ${got}`, {
      fix: 'A single example is a batch of one: reshape it to [1, size].',
    });
  }
}
