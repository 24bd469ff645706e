import type { FusedActivation } from '@latentkit/kernels/nn';
import * as tf from '@tensorflow/tfjs-core';
import type { KernelContext } from './kernel-context.ts';

/** tfjs's fused attributes of matMul and conv2d. */
export interface FusedAttributes {
  activation?: tf.fused.Activation;
  leakyreluAlpha?: number;
}

const IN_EPILOGUE: Partial<Record<tf.fused.Activation, FusedActivation>> = {
  linear: 'linear',
  relu: 'relu',
  leakyrelu: 'leakyRelu',
};

const AS_A_PASS: Partial<Record<tf.fused.Activation, string>> = {
  relu6: tf.Relu6,
  elu: tf.Elu,
  sigmoid: tf.Sigmoid,
  prelu: tf.Prelu,
};

/** Whether a product's epilogue does all of the activation. */
export function isInEpilogue({ activation = 'linear' }: FusedAttributes): boolean {
  return activation in IN_EPILOGUE;
}

/** The part of an activation that the product's epilogue does. */
export function epilogueActivation({ activation = 'linear', leakyreluAlpha = 0.2 }: FusedAttributes) {
  return { activation: IN_EPILOGUE[activation] ?? 'linear', alpha: leakyreluAlpha } as const;
}

/** Applies an activation that the epilogue does not know, as a kernel of its own, and frees what it read. */
export function finishActivation(
  { backend }: KernelContext,
  x: tf.TensorInfo,
  { activation = 'linear' }: FusedAttributes,
  alpha: tf.TensorInfo | undefined,
): tf.TensorInfo {
  const name = AS_A_PASS[activation];
  if (name === undefined) return x;
  const inputs = activation === 'prelu' ? { x, alpha: alpha! } : { x };
  const y = tf.getKernel(name, 'wasm').kernelFunc({ inputs, backend, attrs: {} }) as tf.TensorInfo;
  backend.disposeData(x.dataId);
  return y;
}
