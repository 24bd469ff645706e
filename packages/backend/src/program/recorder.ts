import { LatentkitError } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Lowered } from '../lowerings/lowering.ts';
import type { GraphNode, GraphValue } from './graph.ts';

/** The recording backend's own part of a tensor: how many tensors share it. What it stands for stays known to the end. */
interface TracedData {
  references: number;
}

/**
 * A tfjs backend that computes nothing: it notes what would be computed. Holds constants, and an index for every other
 * tensor; unknown kernels are refused by tfjs itself, as there are none for this backend.
 */
export class RecordingBackend extends tf.KernelBackend {
  readonly values: GraphValue[] = [];
  readonly nodes: GraphNode[] = [];
  readonly #indices = new Map<object, number>();

  /** A value of this shape, and the tensor that stands for it. */
  add(shape: readonly number[], source: GraphValue['source']): tf.TensorInfo {
    return { dataId: this.#idOf({ shape, source }), shape: [...shape], dtype: 'float32' };
  }

  /** Notes an operation; its output is a new value. */
  record({ operation, inputs, shape }: Lowered): tf.TensorInfo {
    const read = inputs.map((input) => this.indexOf(input));
    const output = this.add(shape, { type: 'computed' });
    this.nodes.push({ operation, inputs: read, output: this.indexOf(output) });
    return output;
  }

  /** The tensor again, in another shape, with the same numbers. */
  share(tensor: tf.TensorInfo, shape: number[]): tf.TensorInfo {
    this.indexOf(tensor);
    this.incRef(tensor.dataId as TracedData);
    return { dataId: tensor.dataId, dtype: tensor.dtype, shape };
  }

  /** The recorded value behind a tensor. Throws `E_USAGE` for a tensor from outside. */
  indexOf({ dataId, shape }: tf.TensorInfo): number {
    const index = this.#indices.get(dataId);
    if (index !== undefined) return index;
    throw new LatentkitError(
      'E_USAGE',
      `record: a tensor of shape [${shape}] comes from outside of the program`,
      {
        fix: 'Make it in the program if it is always the same; give numbers that change as scalars, arrays as inputs, random numbers as noise, and what is learned as a parameter',
      },
    );
  }

  #idOf(value: GraphValue): TracedData {
    const id = { references: 1 };
    this.#indices.set(id, this.values.push(value) - 1);
    return id;
  }

  override write(values: tf.backend_util.BackendValues, shape: number[]): TracedData {
    const data = Float32Array.from(values as Float32Array);
    return this.#idOf({ shape: [...shape], source: { type: 'constant', data } });
  }

  override readSync(dataId: TracedData): Float32Array {
    const { source } = this.values[this.#indices.get(dataId)!]!;
    if (source.type === 'constant') return source.data.slice();
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

  // tfjs forgets a tensor; its value is kept until the recording is over, as what was recorded may read it.
  override disposeData(data: TracedData): boolean {
    data.references--;
    return data.references === 0;
  }

  override incRef(data: TracedData): void {
    data.references++;
  }

  override refCount({ references }: TracedData): number {
    return references;
  }

  override dispose(): void {}
}
