import type { NdArray } from '@latentkit/core';
import type { OnnxAttribute, OnnxNode, OnnxTensor } from '@latentkit/formats/onnx';

/** A graph that grows node by node. */
export interface GraphBuilder {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: Readonly<Record<string, OnnxTensor>>;
  /** Adds a node that is called like its one output; gives that name. */
  add(
    operator: string,
    name: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
  ): string;
  /** Adds numbers; gives their name. */
  weights(name: string, array: NdArray): string;
  /** Adds a shape, -1 for what is left; gives its name. */
  shape(name: string, sizes: readonly number[]): string;
}

export function createGraphBuilder(): GraphBuilder {
  const nodes: OnnxNode[] = [];
  const tensors: Record<string, OnnxTensor> = {};
  return {
    nodes,
    tensors,
    add(operator, name, inputs, attributes = {}) {
      nodes.push({ operator, name, inputs, outputs: [name], attributes });
      return name;
    },
    weights(name, array) {
      tensors[name] = array;
      return name;
    },
    shape(name, sizes) {
      tensors[name] = { shape: [sizes.length], data: BigInt64Array.from(sizes, BigInt) };
      return name;
    },
  };
}
