import { LatentkitError, sizeOfShape } from '@latentkit/core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { pointerTo } from '../tfjs-wasm.ts';
import type { KernelContext } from './kernel-context.ts';

/**
 * Where a fused kernel's bias begins, 0 for none.
 *
 * @throws `E_SHAPE` unless it is one number a column: tfjs lets a bias be anything that broadcasts.
 */
export function biasPointer(
  { backend }: KernelContext,
  kernelName: string,
  bias: TensorInfo | undefined,
  columns: number,
): number {
  if (!bias) return 0;
  if (bias.shape.at(-1) !== columns || sizeOfShape(bias.shape) !== columns) {
    throw new LatentkitError(
      'E_SHAPE',
      `${kernelName}: bias must be one number for each of ${columns} columns, got [${bias.shape}]`,
      { fix: 'Add any other bias with tf.add after the product' },
    );
  }
  return pointerTo(backend, bias);
}
