import * as tf from '@tensorflow/tfjs-core';
import type { KernelContext } from './kernel-context.ts';

/**
 * `tf.clone`, and every tensor that tfjs keeps for a gradient. Replaces tfjs's, which copies the numbers: tensors never
 * change, so both share them, as on tfjs's other backends.
 */
export function identityKernel({ backend }: KernelContext): tf.KernelConfig {
  return {
    kernelName: tf.Identity,
    backendName: 'wasm',
    kernelFunc: ({ inputs }) => {
      const { dataId, shape, dtype } = inputs.x!;
      backend.incRef(dataId);
      return { dataId, shape, dtype };
    },
  };
}
