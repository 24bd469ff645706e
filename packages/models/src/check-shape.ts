import { LatentkitError } from '@latentkit/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Throws `E_SHAPE` unless the tensor is `[batch, ...example]`, any batch. */
export function checkShape(what: string, { shape }: Tensor, example: readonly number[]): void {
  if (shape.length === example.length + 1 && example.every((size, i) => shape[i + 1] === size)) return;
  throw new LatentkitError(
    'E_SHAPE',
    `${what} must be of shape [batch, ${example.join(', ')}], got [${shape.join(', ')}]`,
  );
}
