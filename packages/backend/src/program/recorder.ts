import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Lowered } from '../kernels/lowering.ts';
import type { GraphNode, GraphValue } from './graph.ts';

/** A tensor's data in the recording backend: an index among the recorded values. */
export interface TracedData {
  readonly value: number;
}

/**
 * A tfjs backend that computes nothing: it notes what would be computed. Holds constants, and an index for every other
 * tensor; unknown kernels are refused by tfjs itself, as there are none for this backend.
 */
export class RecordingBackend extends tf.KernelBackend {
  readonly values: GraphValue[] = [];
  readonly nodes: GraphNode[] = [];

  /** A value of this shape, and the tensor that stands for it. */
  add(shape: readonly number[], source: GraphValue['source']): tf.TensorInfo {
    return { dataId: this.#idOf({ shape, source }), shape: [...shape], dtype: 'float32' };
  }

  /** Notes an operation; its output is a new value. */
  record({ operation, inputs, shape }: Lowered): tf.TensorInfo {
    const output = this.add(shape, { type: 'computed' });
    this.nodes.push({
      operation,
      inputs: inputs.map(({ dataId }) => valueIndex(dataId)),
      output: valueIndex(output.dataId),
    });
    return output;
  }

  #idOf(value: GraphValue): TracedData {
    this.values.push(value);
    return { value: this.values.length - 1 };
  }

  override write(values: tf.backend_util.BackendValues, shape: number[]): TracedData {
    const data = Float32Array.from(values as Float32Array);
    return this.#idOf({ shape: [...shape], source: { type: 'constant', data } });
  }

  override readSync(dataId: TracedData): Float32Array {
    const { source } = this.values[valueIndex(dataId)]!;
    if (source.type === 'constant') return source.data;
    throw new LatentkitError('E_USAGE', "record: a program may not read a tensor's numbers", {
      fix: 'Return it as an output instead',
    });
  }

  override async read(dataId: TracedData): Promise<Float32Array> {
    return this.readSync(dataId);
  }

  override numDataIds(): number {
    return this.values.length;
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  // Everything is kept until the recording is over: tensors that are gone may still be read by what was recorded.
  override disposeData(): boolean {
    return true;
  }

  override incRef(): void {}

  override refCount(): number {
    return 1;
  }

  override dispose(): void {}
}

/** The recorded value behind a tensor's data. */
export function valueIndex(dataId: object): number {
  return (dataId as TracedData).value;
}
