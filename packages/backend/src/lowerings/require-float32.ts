import { LatentkitError } from '@latentkit/core';
import type { NamedTensorInfoMap } from '@tensorflow/tfjs-core';

/** Throws `E_BACKEND` unless all inputs of a kernel are float32. */
export function requireFloat32(kernelName: string, inputs: object): void {
  for (const [name, tensor] of Object.entries(inputs as NamedTensorInfoMap)) {
    if (tensor && tensor.dtype !== 'float32') {
      throw new LatentkitError('E_BACKEND', `${kernelName}: ${name} must be float32, got ${tensor.dtype}`, {
        fix: `Cast it with tf.cast(${name}, 'float32')`,
      });
    }
  }
}
