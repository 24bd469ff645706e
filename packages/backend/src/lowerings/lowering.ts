import { sizeOfShape } from '@latentkit/core';
import type { KernelConfig, KernelFunc, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { Operation } from '../operations/operation.ts';
import { ruleOf } from '../operations/rule-of.ts';
import { pointerTo } from '../tfjs-wasm.ts';
import { type KernelContext, makeOutput } from './kernel-context.ts';

/** What a tfjs kernel comes to: one call of a kernel of ours. */
export interface Lowered {
  operation: Operation;
  inputs: TensorInfo[];
  /** Of the output. */
  shape: number[];
}

/** How a tfjs kernel is done by a kernel of ours: at once on tfjs's tensors, or later in a recorded program. */
export interface Lowering {
  readonly kernelName: string;
  /** Undefined where ours does not fit (other types, other broadcasting). */
  lower(inputs: NamedTensorInfoMap, attributes: object): Lowered | undefined;
  /** Does it without `lower`; tfjs's own kernel by default. */
  readonly otherwise?: (context: KernelContext, inputs: NamedTensorInfoMap, attributes: object) => TensorInfo;
}

/** A lowering with the types that tfjs documents for its kernel. */
export function defineLowering<Inputs extends object, Attributes extends object>(
  kernelName: string,
  lower: (inputs: Inputs, attributes: Attributes) => Lowered | undefined,
  otherwise?: (context: KernelContext, inputs: Inputs, attributes: Attributes) => TensorInfo,
): Lowering {
  return { kernelName, lower, otherwise } as unknown as Lowering;
}

/** Computes on tfjs's tensors, at once. */
export function computeLowered(context: KernelContext, { operation, inputs, shape }: Lowered): TensorInfo {
  const { output, pointer } = makeOutput(context, shape);
  if (sizeOfShape(shape) > 0) {
    const pointers = inputs.map((input) => pointerTo(context.backend, input));
    ruleOf(operation).run(context.nn, operation, pointers, pointer);
  }
  return output;
}

/** The kernel that computes by a lowering on tfjs's WASM backend; `original` is tfjs's own. */
export function wasmKernelOf(
  context: KernelContext,
  { kernelName, lower, otherwise }: Lowering,
  original: KernelFunc | undefined,
): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: (params) => {
      const attributes = params.attrs ?? {};
      const lowered = lower(params.inputs, attributes);
      if (lowered) return computeLowered(context, lowered);
      if (otherwise) return otherwise(context, params.inputs, attributes);
      return original!(params);
    },
  };
}
