import { sizeOfShape } from '@latentkit/core';
import type { NnKernels } from '@latentkit/kernels/nn';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { outOfMemory, pointerTo, type TfjsWasmBackend } from '../tfjs-wasm.ts';
import { requireFloat32 } from './require-float32.ts';

/** What a kernel needs at hand: our compiled kernels, and the tfjs backend whose memory they share. */
export interface KernelContext {
  nn: NnKernels;
  backend: TfjsWasmBackend;
}

/** A tfjs kernel that computes through ours: makes the output, and hands over pointers. */
export function defineKernel<Inputs extends object, Attributes extends object>(
  kernelName: string,
  compute: (context: KernelContext, inputs: Inputs, attributes: Attributes) => TensorInfo,
): (context: KernelContext) => KernelConfig {
  return (context) => ({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      requireFloat32(kernelName, inputs);
      return compute(context, inputs as Inputs, (attrs ?? {}) as Attributes);
    },
  });
}

/** A new tensor and the pointer to its numbers. Throws `E_LIMIT` when there is no room for it. */
export function makeOutput(
  { backend }: KernelContext,
  shape: number[],
): { output: TensorInfo; pointer: number } {
  const output = backend.makeOutput(shape, 'float32');
  const pointer = pointerTo(backend, output);
  if (pointer === 0) {
    backend.disposeData(output.dataId);
    throw outOfMemory(4 * sizeOfShape(shape));
  }
  return { output, pointer };
}
