import type { NdArray } from '@latentkit/core';

/** An attribute of a node, by the kind that its operator says. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number };

/** An operator on named values, in the order that the graph computes them. */
export interface OnnxNode {
  readonly operator: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

/** What goes in or comes out, float32: a size a dimension, or a name for any size. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly (number | string)[];
  /** What the value is (`IMAGE`), and what its dimensions are (`DATA_BATCH`, ...). */
  readonly denotation?: string;
  readonly dimensions?: readonly string[];
}

/** Weights as float32, shapes and the like as int64. */
export type OnnxTensor = NdArray<Float32Array> | NdArray<BigInt64Array>;

/** A model of the operators of ONNX. */
export interface OnnxModel {
  readonly name: string;
  /** Version of the operators. */
  readonly opset: number;
  readonly producer: { readonly name: string; readonly version: string };
  readonly metadata: Readonly<Record<string, string>>;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly tensors: Readonly<Record<string, OnnxTensor>>;
  readonly nodes: readonly OnnxNode[];
}

/** Numbers of fields, as `onnx.proto` has them, and of types. */
export const FIELDS = {
  model: { irVersion: 1, producerName: 2, producerVersion: 3, graph: 7, opsetImport: 8, metadata: 14 },
  opset: { version: 2 },
  entry: { key: 1, value: 2 },
  graph: { node: 1, name: 2, tensor: 5, input: 11, output: 12 },
  node: { input: 1, output: 2, name: 3, operator: 4, attribute: 5 },
  attribute: { name: 1, float: 2, int: 3, ints: 8, type: 20 },
  tensor: { dims: 1, dataType: 2, name: 8, rawData: 9 },
  value: { name: 1, type: 2 },
  type: { tensor: 1, denotation: 6 },
  tensorType: { elementType: 1, shape: 2 },
  shape: { dimension: 1 },
  dimension: { size: 1, name: 2, denotation: 3 },
} as const;

export const ATTRIBUTE_TYPES = { float: 1, int: 2, ints: 7 } as const;
export const ELEMENT_TYPES = { float32: 1, int64: 7 } as const;
