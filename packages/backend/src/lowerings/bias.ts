import { LatentkitError, sizeOfShape } from '@latentkit/core';
import type { TensorInfo } from '@tensorflow/tfjs-core';

/**
 * Looks at a fused kernel's bias.
 *
 * @throws `E_SHAPE` unless it is one number a column: tfjs lets a bias be anything that broadcasts.
 */
export function checkBias(kernelName: string, bias: TensorInfo | undefined, columns: number): void {
  if (!bias || (bias.shape.at(-1) === columns && sizeOfShape(bias.shape) === columns)) return;
  throw new LatentkitError(
    'E_SHAPE',
    `${kernelName}: bias must be one number for each of ${columns} columns, got [${bias.shape}]`,
    { fix: 'Add any other bias with tf.add after the product' },
  );
}
